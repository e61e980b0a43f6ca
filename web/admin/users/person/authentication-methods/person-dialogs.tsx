import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { leaveStep, type StepName } from './step.ts'

type Asked = Extract<StepName, 'end-sessions' | 'end-waits' | 'require-reregistration' | 'cancel-reregistration'>

interface Act {
  title: MessageKey
  told: MessageKey
  confirm: MessageKey
  done: MessageKey
  isDangerous: boolean
  run: (id: string) => Promise<unknown>
}

const acts: Readonly<Record<Asked, Act>> = {
  'end-sessions': {
    title: 'web.admin.users.person.methods.end-sessions.title',
    told: 'web.admin.users.person.methods.end-sessions.told',
    confirm: 'web.admin.users.person.methods.end-sessions.open',
    done: 'web.admin.users.person.methods.end-sessions.done',
    isDangerous: true,
    run: (id) => api.post(`/v1.0/users/${id}/revokeSignInSessions`),
  },
  'end-waits': {
    title: 'web.admin.users.person.methods.end-waits.title',
    told: 'web.admin.users.person.methods.end-waits.told',
    confirm: 'web.admin.users.person.methods.end-waits.open',
    done: 'web.admin.users.person.methods.end-waits.done',
    isDangerous: false,
    run: (id) => api.post(`/sesam/v1/users/${id}/endSignInWaits`),
  },
  'require-reregistration': {
    title: 'web.admin.users.person.methods.reregistration.title',
    told: 'web.admin.users.person.methods.reregistration.told',
    confirm: 'web.admin.users.person.methods.reregistration.open',
    done: 'web.admin.users.person.methods.reregistration.done',
    isDangerous: false,
    run: (id) => api.post(`/sesam/v1/users/${id}/requireReregistration`),
  },
  'cancel-reregistration': {
    title: 'web.admin.users.person.methods.reregistration.cancel-title',
    told: 'web.admin.users.person.methods.reregistration.cancel-told',
    confirm: 'web.admin.users.person.methods.reregistration.cancel',
    done: 'web.admin.users.person.methods.reregistration.canceled',
    isDangerous: false,
    run: (id) => api.delete(`/sesam/v1/users/${id}/requireReregistration`),
  },
}

/** What is done to somebody as a whole, each after a question. */
export function PersonDialog({ name: asked, methods: { id, displayName: name } }: { name: Asked; methods: PersonMethodsBody }) {
  const { title, told, confirm, done, isDangerous, run } = acts[asked]
  return (
    <ConfirmDialog
      title={message(title, { name })}
      confirmLabel={message(confirm)}
      isDangerous={isDangerous}
      onConfirm={async () => {
        await run(id)
        showToast(message(done, { name }))
      }}
      onClose={leaveStep}
    >
      <p>{message(told, { name })}</p>
    </ConfirmDialog>
  )
}
