import type { PersonMethodBody, PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { nameOf, stepText } from './kinds.ts'
import { leaveStep, openStep } from './step.ts'

interface DeleteDialogProps {
  methods: PersonMethodsBody
  method: PersonMethodBody
}

/** Asks before it is gone for good, or says what stands in the way and leads there. */
export function DeleteDialog({ methods, method }: DeleteDialogProps) {
  const kind = method.deletion?.kind
  if (kind === 'refused' || kind === 'blocked') return <Refused method={method} />
  return <Asking methods={methods} method={method} />
}

function Asking({ methods, method }: DeleteDialogProps) {
  const { deletion } = method
  const named = { method: nameOf(method), name: methods.displayName }
  const remove = async () => {
    const collection = method.kind === 'email' ? 'emailMethods' : 'phoneMethods'
    const prefer = deletion?.kind === 'moves' ? 'reassign-default' : undefined
    await api.delete(`/v1.0/users/${methods.id}/authentication/${collection}/${method.id}`, prefer)
    showToast(message('web.admin.users.person.methods.delete.done', named))
  }
  return (
    <ConfirmDialog
      title={message('web.admin.users.person.methods.delete.title', named)}
      confirmLabel={message('web.admin.users.person.methods.delete.link')}
      isDangerous
      onConfirm={remove}
      onClose={leaveStep}
    >
      <p>{message('web.admin.users.person.methods.delete.told')}</p>
      {deletion?.movesTo && (
        <Banner>{message('web.admin.users.person.methods.delete.moves', { method: stepText(deletion.movesTo) })}</Banner>
      )}
      {deletion?.endsSignIn ? (
        <Banner tone="bad">{message('web.admin.users.person.methods.delete.ends-sign-in', named)}</Banner>
      ) : (
        deletion?.kind === 'last' && <Banner tone="bad">{message('web.admin.users.person.methods.delete.last', named)}</Banner>
      )}
    </ConfirmDialog>
  )
}

function Refused({ method }: { method: PersonMethodBody }) {
  const { deletion, id } = method
  return (
    <Dialog title={message('web.admin.users.person.methods.delete.refused')} onClose={leaveStep}>
      {deletion?.because && <p>{deletion.because.message}</p>}
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={leaveStep}>
          {message('web.kit.dialog.close')}
        </Button>
        {deletion?.kind === 'refused' ? (
          <Button onPress={() => openStep('default')}>{message('web.admin.users.person.methods.default-method.change')}</Button>
        ) : (
          <Button onPress={() => openStep('change', id)}>{message('web.admin.users.person.methods.change')}</Button>
        )}
      </div>
    </Dialog>
  )
}
