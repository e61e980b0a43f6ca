import { KeyRound } from 'lucide-react'
import type { ApplicationBody } from '#contract/graph/applications.ts'
import { api } from '../../kit/api/api.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Row, Rows } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'

const NewSecretDialog = later(() => import('./new-secret-dialog.tsx'))

/** The secrets and keys an app proves itself with. A secret is told once; of a key the server only has the public half. */
export function AppSecrets({ app }: { app: ApplicationBody }) {
  const [adding, openAdd, closeAdd] = useDialogAddress('add')
  const [removing, openRemove, closeRemove] = useDialogAddress('remove')
  const { passwordCredentials: secrets, keyCredentials: keys } = app
  return (
    <section className="stack" aria-label={message('web.admin.apps.section.secrets')}>
      <p className="soft">{message('web.admin.apps.secret.told')}</p>
      <div className="toolbar">
        <Button icon={<KeyRound className="icon" aria-hidden="true" />} onPress={() => openAdd('secret')}>
          {message('web.admin.apps.secret.open')}
        </Button>
      </div>
      {secrets.length === 0 && keys.length === 0 ? (
        <EmptyState title={message('web.admin.apps.secret.none')} />
      ) : (
        <Rows label={message('web.admin.apps.section.secrets')}>
          {secrets.map(({ keyId, displayName, hint, endDateTime }) => (
            <Row
              key={keyId}
              title={displayName ?? message('web.admin.apps.secret.one')}
              badge={hint && <Badge>{`${hint}…`}</Badge>}
              icon={<KeyRound className="icon" aria-hidden="true" />}
              actions={
                <Button kind="plain" onPress={() => openRemove(keyId)}>
                  {message('web.admin.apps.secret.remove')}
                </Button>
              }
            >
              {message('web.admin.apps.secret.until', { date: dateText(endDateTime) })}
            </Row>
          ))}
          {keys.map(({ keyId, displayName, type, endDateTime }) => (
            <Row key={keyId} title={displayName ?? keyId} badge={<Badge>{type}</Badge>}>
              {message('web.admin.apps.secret.until', { date: dateText(endDateTime) })}
            </Row>
          ))}
        </Rows>
      )}
      {adding !== undefined && <NewSecretDialog app={app} onClose={closeAdd} />}
      {removing !== undefined && (
        <ConfirmDialog
          title={message('web.admin.apps.secret.remove-title')}
          confirmLabel={message('web.admin.apps.secret.remove')}
          isDangerous
          onConfirm={() => api.post(`/v1.0/applications/${app.id}/removePassword`, { keyId: removing })}
          onClose={closeRemove}
        >
          <p>{message('web.admin.apps.secret.remove-told')}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}
