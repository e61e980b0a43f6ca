import { useState } from 'react'
import type { ToldSignInBody } from '#contract/graph/sign-ins.ts'
import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { message } from '../../kit/words/message.ts'

/** What was typed: masked, until somebody who may reads it in full and leaves their name in the audit log. */
export function Identifier({ signIn: { id, signInIdentifier, mayReveal } }: { signIn: ToldSignInBody }) {
  const [shown, setShown] = useState<string>()
  const [asked, ask, close] = useDialogAddress('reveal')
  const reveal = async () => {
    const told = await api.post<{ signInIdentifier: string }>(`/sesam/v1/auditLogs/signIns/${encodeURIComponent(id)}/revealIdentifier`)
    setShown(told.signInIdentifier)
  }
  return (
    <span className="fact-line">
      <bdi className="ltr">{shown ?? signInIdentifier}</bdi>
      {mayReveal && shown === undefined && (
        <Button kind="plain" onPress={() => ask('identifier')}>
          {message('web.admin.sign-ins.reveal.open')}
        </Button>
      )}
      {asked !== undefined && (
        <ConfirmDialog
          title={message('web.admin.sign-ins.reveal.title')}
          confirmLabel={message('web.admin.sign-ins.reveal.confirm')}
          onConfirm={reveal}
          onClose={close}
        >
          <p>{message('web.admin.sign-ins.reveal.told')}</p>
        </ConfirmDialog>
      )}
    </span>
  )
}
