import { Ticket } from 'lucide-react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import type { PassMethodBody } from '#contract/graph/temporary-access-pass-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { Button } from '../../../../kit/button.tsx'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { Row, Rows } from '../../../../kit/rows.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { momentText } from '../../../../kit/words/moments.ts'
import { leaveStep, openStep } from './step.ts'

const stateWords = {
  EnabledByPolicy: 'web.admin.users.person.methods.pass.state.good',
  DisabledByPolicy: 'web.admin.users.person.methods.pass.state.off',
  NotYetValid: 'web.admin.users.person.methods.pass.state.not-yet',
  Expired: 'web.admin.users.person.methods.pass.state.expired',
  OneTimeUsed: 'web.admin.users.person.methods.pass.state.used',
} as const satisfies Record<PassMethodBody['methodUsabilityReason'], MessageKey>

/** The pass somebody has, never what it is. */
export function PassRow({ personId }: { personId: string }) {
  const { data } = useResource<ListBody<PassMethodBody>>(`/v1.0/users/${personId}/authentication/temporaryAccessPassMethods`)
  const [pass] = data?.value ?? []
  if (!pass) return null
  const { id, startDateTime, lifetimeInMinutes, isUsable, isUsableOnce, methodUsabilityReason } = pass
  const until = momentText(new Date(Date.parse(startDateTime) + lifetimeInMinutes * 60_000).toISOString())
  return (
    <Rows label={message('web.admin.users.person.methods.pass.name')}>
      <Row
        title={<span>{message('web.admin.users.person.methods.pass.name')}</span>}
        badge={<Badge tone={isUsable ? 'good' : 'bad'}>{message(stateWords[methodUsabilityReason])}</Badge>}
        icon={<Ticket className="icon" aria-hidden="true" />}
        actions={
          <Button
            kind="plain"
            aria-label={message('web.admin.users.person.methods.pass.delete')}
            onPress={() => openStep('delete-pass', id)}
          >
            {message('web.admin.users.person.methods.delete.link')}
          </Button>
        }
      >
        <p>{message('web.admin.users.person.methods.pass.until', { moment: until })}</p>
        <p>{message(isUsableOnce ? 'web.admin.users.person.methods.pass.once' : 'web.admin.users.person.methods.pass.often')}</p>
      </Row>
    </Rows>
  )
}

export function DeletePassDialog({ methods: { id, displayName: name }, passId }: { methods: PersonMethodsBody; passId: string }) {
  const remove = async () => {
    await api.delete(`/v1.0/users/${id}/authentication/temporaryAccessPassMethods/${encodeURIComponent(passId)}`)
    showToast(message('web.admin.users.person.methods.pass.deleted'))
  }
  return (
    <ConfirmDialog
      title={message('web.admin.users.person.methods.pass.delete-title', { name })}
      confirmLabel={message('web.admin.users.person.methods.delete.link')}
      isDangerous
      onConfirm={remove}
      onClose={leaveStep}
    >
      <p>{message('web.admin.users.person.methods.pass.delete-told', { name })}</p>
    </ConfirmDialog>
  )
}
