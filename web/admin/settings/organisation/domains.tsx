import type { DomainBody } from '#contract/graph/domains.ts'
import { api } from '../../../kit/api/api.ts'
import { Badge } from '../../../kit/badge.tsx'
import { Button } from '../../../kit/button.tsx'
import { Card } from '../../../kit/card.tsx'
import { ConfirmDialog } from '../../../kit/confirm-dialog.tsx'
import { useDialogAddress } from '../../../kit/routing/address.ts'
import { Row, Rows } from '../../../kit/rows.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'

/** Whose names are the organisation's own, and which of them new user names end with. */
export function Domains({ domains }: { domains: readonly DomainBody[] }) {
  const [chosen, choose, close] = useDialogAddress('default')
  const asked = domains.find(({ id }) => id === chosen)
  const makeDefault = async () => {
    await api.patch(`/v1.0/domains/${chosen}`, { isDefault: true })
    showToast(message('web.admin.settings.organisation.default-done'))
  }
  return (
    <Card title={message('web.admin.settings.organisation.domains')} note={message('web.admin.settings.organisation.domains-note')}>
      <Rows label={message('web.admin.settings.organisation.domains')}>
        {domains.map(({ id, isDefault, isVerified, authenticationType }) => (
          <Row
            key={id}
            title={<span className="ltr">{id}</span>}
            badge={isDefault && <Badge tone="good">{message('web.admin.settings.organisation.default')}</Badge>}
            actions={
              !isDefault &&
              isVerified &&
              authenticationType === 'Managed' && (
                <Button kind="quiet" onPress={() => choose(id)}>
                  {message('web.admin.settings.organisation.make-default')}
                </Button>
              )
            }
          >
            {message(
              isVerified
                ? authenticationType === 'Federated'
                  ? 'web.admin.settings.organisation.federated'
                  : 'web.admin.settings.organisation.managed'
                : 'web.admin.settings.organisation.unverified',
            )}
          </Row>
        ))}
      </Rows>
      {asked && (
        <ConfirmDialog
          title={message('web.admin.settings.organisation.default-title', { domain: asked.id })}
          confirmLabel={message('web.admin.settings.organisation.make-default')}
          onConfirm={makeDefault}
          onClose={close}
        >
          <p>{message('web.admin.settings.organisation.default-told')}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}
