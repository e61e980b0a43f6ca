import { useState } from 'react'
import type { UnitBody } from '#contract/graph/administrative-units.ts'
import type { RoleDefinitionBody } from '#contract/graph/role-management.ts'
import { api } from '../../kit/api/api.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { ComboBox } from '../../kit/combo-box.tsx'
import { message } from '../../kit/words/message.ts'
import AddObjectsDialog from '../add-objects-dialog.tsx'
import { nameOfRole } from '../role-words.ts'

const everything = '/'

/** Gives people and groups a role, over the whole organisation or over one unit. */
export default function GiveRoleDialog({ role, onClose }: { role: RoleDefinitionBody; onClose: () => void }) {
  const [scope, setScope] = useState(everything)
  const units = useResource<ListBody<UnitBody>>('/v1.0/directory/administrativeUnits?$select=id,displayName&$top=999')
  const options = [
    { value: everything, text: message('web.admin.roles.everything') },
    ...(units.data?.value ?? []).map(({ id, displayName }) => ({ value: `/administrativeUnits/${id}`, text: displayName })),
  ]
  return (
    <AddObjectsDialog
      title={message('web.admin.roles.give.title', { role: nameOfRole(role.id, role.displayName) })}
      kinds={['user', 'group']}
      add={({ id }) =>
        api.post('/v1.0/roleManagement/directory/roleAssignments', {
          roleDefinitionId: role.id,
          principalId: id,
          directoryScopeId: scope,
        })
      }
      onClose={onClose}
    >
      <ComboBox label={message('web.admin.roles.scope')} name="directoryScopeId" options={options} value={scope} onChange={setScope} />
    </AddObjectsDialog>
  )
}
