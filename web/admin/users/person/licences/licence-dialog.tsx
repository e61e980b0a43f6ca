import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { PermitBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { PermittedDialog } from '../permitted-dialog.tsx'
import type { Person } from '../person-page.tsx'

interface LicenceDialogProps {
  person: Person
  permit: PermitBody
  sku: SubscribedSkuBody | undefined
  isHeld: boolean
  onClose: () => void
}

export default function LicenceDialog({ person, permit, sku, isHeld, onClose }: LicenceDialogProps) {
  if (!sku) return null
  const named = { name: person.displayName, licence: sku.skuPartNumber }
  const title = message(isHeld ? 'web.admin.users.person.licences.take-title' : 'web.admin.users.person.licences.give-title', named)
  const change = async () => {
    await api.post(`/v1.0/users/${person.id}/assignLicense`, {
      addLicenses: isHeld ? [] : [{ skuId: sku.skuId, disabledPlans: [] }],
      removeLicenses: isHeld ? [sku.skuId] : [],
    })
    showToast(message(isHeld ? 'web.admin.users.person.licences.taken' : 'web.admin.users.person.licences.given', named))
  }
  return (
    <PermittedDialog permit={permit} title={title} onClose={onClose}>
      <ConfirmDialog
        title={title}
        confirmLabel={message(isHeld ? 'web.admin.users.person.licences.take' : 'web.admin.users.person.licences.give')}
        isDangerous={isHeld}
        onConfirm={change}
        onClose={onClose}
      >
        <p>{message(isHeld ? 'web.admin.users.person.licences.take-told' : 'web.admin.users.person.licences.give-told', named)}</p>
      </ConfirmDialog>
    </PermittedDialog>
  )
}
