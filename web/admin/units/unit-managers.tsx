import { UserPlus } from 'lucide-react'
import type { UnitBody } from '#contract/graph/administrative-units.ts'
import type { ScopedRoleMembershipBody } from '#contract/graph/directory-roles.ts'
import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { message } from '../../kit/words/message.ts'
import { nameOfRole } from '../role-words.ts'

const AddManagerDialog = later(() => import('./add-manager-dialog.tsx'))

/** Who has which role over the people of a unit: its managers, who find these people in My Staff. */
export function UnitManagers({ unit }: { unit: UnitBody }) {
  const [adding, openAdd, closeAdd] = useDialogAddress('add')
  const [removing, openRemove, closeRemove] = useDialogAddress('remove')
  const path = `/v1.0/directory/administrativeUnits/${unit.id}/scopedRoleMembers` as const
  return (
    <section className="stack" aria-label={message('web.admin.units.section.managers')}>
      <p className="soft">{message('web.admin.units.managers-told')}</p>
      <div className="toolbar">
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openAdd('manager')}>
          {message('web.admin.units.add-manager')}
        </Button>
      </div>
      <DataTable<ScopedRoleMembershipBody>
        label={message('web.admin.units.section.managers')}
        path={`${path}?$top=50`}
        columns={[
          { name: message('web.admin.objects.name'), cell: ({ roleMemberInfo }) => roleMemberInfo.displayName },
          { name: message('web.admin.objects.detail'), cell: ({ roleMemberInfo }) => roleMemberInfo.userPrincipalName },
          { name: message('web.admin.roles.one'), cell: ({ roleId }) => nameOfRole(roleId) },
          {
            name: message('web.admin.acts'),
            cell: ({ id, roleMemberInfo }) => (
              <Button
                kind="plain"
                aria-label={message('web.admin.roles.take-from', { name: roleMemberInfo.displayName })}
                onPress={() => openRemove(id)}
              >
                {message('web.admin.roles.take')}
              </Button>
            ),
          },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ roleMemberInfo: { id, userPrincipalName } }) => `/admin/${userPrincipalName ? 'users' : 'groups'}/${id}`}
        empty={<EmptyState title={message('web.admin.units.no-managers')} />}
      />
      {adding !== undefined && <AddManagerDialog path={path} onClose={closeAdd} />}
      {removing !== undefined && (
        <ConfirmDialog
          title={message('web.admin.roles.take-title')}
          confirmLabel={message('web.admin.roles.take')}
          isDangerous
          onConfirm={() => api.delete(`${path}/${removing}`)}
          onClose={closeRemove}
        />
      )}
    </section>
  )
}
