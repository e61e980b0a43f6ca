import type { PersonActsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { go } from '../../../../kit/routing/address.ts'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { PermittedDialog } from '../permitted-dialog.tsx'
import type { Person } from '../person-page.tsx'

const asks = {
  disable: {
    title: 'web.admin.users.person.account.disable-title',
    told: 'web.admin.users.person.account.disable-told',
    confirm: 'web.admin.users.person.account.disable',
    done: 'web.admin.users.person.account.disabled',
  },
  enable: {
    title: 'web.admin.users.person.account.enable-title',
    told: 'web.admin.users.person.account.enable-told',
    confirm: 'web.admin.users.person.account.enable',
    done: 'web.admin.users.person.account.enabled',
  },
  delete: {
    title: 'web.admin.users.person.account.delete-title',
    told: 'web.admin.users.person.account.delete-told',
    confirm: 'web.admin.users.person.account.delete',
    done: 'web.admin.users.person.account.deleted',
  },
} as const

type Asked = keyof typeof asks

interface AccountDialogProps {
  asked: string
  acts: PersonActsBody
  person: Person
  onClose: () => void
}

/** Whether somebody has an account here, and whether it opens anything. */
export default function AccountDialog({ asked, acts, person, onClose }: AccountDialogProps) {
  if (!isAsked(asked)) return null
  const { title, told, confirm, done } = asks[asked]
  const name = person.displayName
  const permit = asked === 'disable' ? acts.disable : asked === 'enable' ? acts.changeUserName : acts.delete
  const run = async () => {
    if (asked === 'delete') await api.delete(`/v1.0/users/${person.id}`)
    else await api.patch(`/v1.0/users/${person.id}`, { accountEnabled: asked === 'enable' })
    showToast(message(done, { name }))
    if (asked === 'delete') setTimeout(() => go('/admin/users'))
  }
  return (
    <PermittedDialog permit={permit} title={message(title, { name })} onClose={onClose}>
      <ConfirmDialog
        title={message(title, { name })}
        confirmLabel={message(confirm)}
        isDangerous={asked !== 'enable'}
        onConfirm={run}
        onClose={onClose}
      >
        <p>{message(told, { name })}</p>
      </ConfirmDialog>
    </PermittedDialog>
  )
}

function isAsked(text: string): text is Asked {
  return Object.hasOwn(asks, text)
}
