import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { showToast } from '../../kit/toasts.tsx'
import { countMessage, message } from '../../kit/words/message.ts'

const acts = {
  block: {
    label: 'web.admin.users.bulk.block',
    title: 'web.admin.users.bulk.block-title',
    told: 'web.admin.users.bulk.block-told',
    act: (id: string) => api.patch(`/v1.0/users/${id}`, { accountEnabled: false }),
  },
  allow: {
    label: 'web.admin.users.bulk.allow',
    title: 'web.admin.users.bulk.allow-title',
    told: 'web.admin.users.bulk.allow-told',
    act: (id: string) => api.patch(`/v1.0/users/${id}`, { accountEnabled: true }),
  },
  delete: {
    label: 'web.admin.users.bulk.delete',
    title: 'web.admin.users.bulk.delete-title',
    told: 'web.admin.users.bulk.delete-told',
    act: (id: string) => api.delete(`/v1.0/users/${id}`),
  },
} as const

type Act = keyof typeof acts
const names: readonly Act[] = ['block', 'allow', 'delete']

interface BulkActsProps {
  /** Who was ticked. */
  ids: readonly string[]
  onDone: () => void
}

/** What can be done to several people at once. It stops at the first who is refused; those before have had it done. */
export function BulkActs({ ids, onDone }: BulkActsProps) {
  const [asked, open, close] = useDialogAddress('bulk')
  const name = names.find((one) => one === asked)
  const doAll = async ({ act }: (typeof acts)[Act]) => {
    for (const id of ids) await act(id)
    showToast(countMessage('web.admin.users.bulk.done', ids.length))
    onDone()
  }
  return (
    <section className="row" aria-label={countMessage('web.admin.users.bulk.chosen', ids.length)}>
      <span className="soft">{countMessage('web.admin.users.bulk.chosen', ids.length)}</span>
      {names.map((one) => (
        <Button key={one} kind={one === 'delete' ? 'danger' : 'quiet'} onPress={() => open(one)}>
          {message(acts[one].label)}
        </Button>
      ))}
      {name && (
        <ConfirmDialog
          title={countMessage(acts[name].title, ids.length)}
          confirmLabel={message(acts[name].label)}
          isDangerous={name !== 'allow'}
          onConfirm={() => doAll(acts[name])}
          onClose={close}
        >
          <p>{message(acts[name].told)}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}
