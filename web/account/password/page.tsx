import { KeyRound } from 'lucide-react'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/card.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { session } from '../../kit/session/session.ts'
import { showToast } from '../../kit/toasts.tsx'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'
import { methods } from '../../methods/index.ts'
import { addressOf } from '../addresses.ts'
import { type OwnPasswordBody, useOwnPassword, useSecurityInfo } from '../resources.ts'

export default function PasswordPage() {
  const password = useOwnPassword()
  return (
    <Page title={message('web.account.password.label')} lead={message('web.account.password.lead')}>
      <ResourceView of={password}>{(own) => <Password own={own} />}</ResourceView>
      <Advice />
    </Page>
  )
}

function Password({ own: { isSet, changedDateTime } }: { own: OwnPasswordBody }) {
  const [dialog, openDialog, closeDialog] = useDialogAddress('dialog')
  const openSet = useFreshlyProven(() => openDialog('password'))
  const open = isSet ? () => openDialog('password') : openSet
  const since = changedDateTime && (
    <>
      {message('web.account.password.since', { date: dateText(changedDateTime) })} (<When instant={changedDateTime} />)
    </>
  )
  return (
    <>
      <Card
        title={message(isSet ? 'web.account.password.there' : 'web.account.password.none')}
        note={since}
        icon={<KeyRound className="icon" aria-hidden="true" />}
        actions={
          <Button kind={isSet ? 'main' : 'quiet'} onPress={open}>
            {message(isSet ? 'web.account.password.change' : 'web.account.password.set')}
          </Button>
        }
      >
        <p>{message(isSet ? 'web.account.password.change-told' : 'web.account.password.none-told')}</p>
      </Card>
      {dialog === 'password' && <PasswordDialog isSet={isSet} onClose={closeDialog} />}
    </>
  )
}

/** The method's own wizard, which needs no step but one. */
function PasswordDialog({ isSet, onClose }: { isSet: boolean; onClose: () => void }) {
  const done = () => {
    showToast(message(isSet ? 'web.account.password.changed' : 'web.account.password.made'))
    onClose()
  }
  const nothing = () => {}
  return (
    <Dialog title={message(isSet ? 'web.account.password.change' : 'web.account.password.set')} onClose={onClose}>
      <methods.password.Wizard
        replaces={undefined}
        proofId={undefined}
        reload={nothing}
        onBegun={nothing}
        onBack={nothing}
        onDone={done}
        onClose={onClose}
      />
    </Dialog>
  )
}

/** A first password wants a fresh proof. It is asked for before somebody thinks up a password, which would be lost on the way. */
function useFreshlyProven(open: () => void): () => void {
  const { data } = useSecurityInfo()
  return () => {
    const { heldUntilDateTime, maxAgeSeconds, acrValues } = data?.freshProof ?? {}
    if (!data || heldUntilDateTime) return open()
    void session.signIn({ maxAgeSeconds, acrValues: acrValues ?? undefined, returnTo: addressOf('/password?dialog=password') })
  }
}

function Advice() {
  return (
    <section className="stack">
      <h2>{message('web.account.password.advice.title')}</h2>
      <ul className="plain-list">
        <li>{message('web.account.password.advice.long')}</li>
        <li>{message('web.account.password.advice.own')}</li>
        <li>{message('web.account.password.advice.tell')}</li>
      </ul>
    </section>
  )
}
