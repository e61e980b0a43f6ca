import type { OwnMethodBody } from '#contract/graph/security-info.ts'
import { api } from '../../kit/api/api.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'
import { goTo, leaveStep } from './address.ts'
import { isSignInTile, kinds, namedInText, stepText } from './kinds.ts'

type Deletion = NonNullable<OwnMethodBody['deletion']>

interface DeleteDialogProps {
  method: OwnMethodBody
  reload: () => void
  onDeleted: () => void
}

/** S47-S50: asks before it is gone for good, or says what stands in the way. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { deletion } = props.method
  if (!deletion) return null
  const isRefused = deletion.kind === 'refused' || deletion.kind === 'blocked'
  return isRefused ? <RefusedDialog {...props} deletion={deletion} /> : <AskingDialog {...props} deletion={deletion} />
}

function AskingDialog({ method, deletion, reload, onDeleted }: DeleteDialogProps & { deletion: Deletion }) {
  const named = namedInText(method)
  const isTile = isSignInTile(method.smsSignIn)
  const remove = async () => {
    const prefer = deletion.kind === 'moves' ? 'reassign-default' : undefined
    await lookingAgain({ reload }, () => api.delete(`/v1.0/me/authentication/${collectionOf(method)}/${method.id}`, prefer))
    showToast(message('web.account.security-info.delete.done', { method: named }))
    // The button that opened it has gone with the row.
    setTimeout(onDeleted)
  }
  return (
    <ConfirmDialog
      title={message('web.account.security-info.delete.title', { method: named })}
      confirmLabel={message(isTile ? 'web.account.security-info.delete.ok' : 'web.account.security-info.delete.yes')}
      cancelLabel={message(isTile ? 'web.kit.dialog.cancel' : 'web.account.security-info.delete.no')}
      isDangerous
      onConfirm={remove}
      onClose={leaveStep}
    >
      <p>{message('web.account.security-info.delete.told')}</p>
      {isTile && <p>{message('web.account.security-info.delete.tile-told')}</p>}
      {deletion.movesTo && <Banner>{message('web.account.security-info.delete.moves', { method: stepText(deletion.movesTo) })}</Banner>}
      {deletion.endsSignIn ? (
        <Banner tone="bad" title={message('web.account.security-info.delete.careful')}>
          {message('web.account.security-info.ends-sign-in')}
        </Banner>
      ) : (
        deletion.kind === 'last' && (
          <Banner tone="bad" title={message('web.account.security-info.delete.careful')}>
            {message('web.account.security-info.delete.last')}
          </Banner>
        )
      )}
    </ConfirmDialog>
  )
}

/** D2 and its like: what to do first, a press away. */
function RefusedDialog({ method, deletion }: DeleteDialogProps & { deletion: Deletion }) {
  const { kind, detail, canChange } = method
  return (
    <Dialog
      title={message('web.account.security-info.delete.refused', { method: detail ?? message(kinds[kind].label) })}
      onClose={leaveStep}
    >
      {deletion.because && <p>{deletion.because.message}</p>}
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={leaveStep}>
          {message('web.kit.dialog.close')}
        </Button>
        {deletion.kind === 'refused' ? (
          <Button onPress={() => goTo({ name: 'default' }, true)}>{message('web.account.security-info.default.change-label')}</Button>
        ) : (
          canChange && (
            <Button onPress={() => goTo({ name: 'change', kind }, true)}>{message('web.account.security-info.change-number')}</Button>
          )
        )}
      </div>
    </Dialog>
  )
}

function collectionOf({ kind }: OwnMethodBody): 'emailMethods' | 'phoneMethods' {
  return kind === 'email' ? 'emailMethods' : 'phoneMethods'
}
