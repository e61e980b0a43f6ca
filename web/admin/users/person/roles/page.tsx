import { Plus } from 'lucide-react'
import type { RoleAssignmentBody, RoleDefinitionBody } from '#contract/graph/role-management.ts'
import { listPath, quoted } from '../../../../kit/api/list-path.ts'
import { Button } from '../../../../kit/button.tsx'
import { DataTable } from '../../../../kit/data-table.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { later } from '../../../../kit/later.tsx'
import { useDialogAddress } from '../../../../kit/routing/address.ts'
import { message } from '../../../../kit/words/message.ts'
import { nameOfRole } from '../../../role-words.ts'
import { ScopeName } from '../../../roles/scope-name.tsx'
import { type Person, PersonPage, usePersonActs } from '../person-page.tsx'

export type Assignment = Pick<RoleAssignmentBody, 'id' | 'directoryScopeId' | 'roleDefinitionId'> & {
  roleDefinition: Pick<RoleDefinitionBody, 'id' | 'displayName' | 'description'>
}

const GiveDialog = later(() => import('./give-dialog.tsx'))
const TakeDialog = later(() => import('./take-dialog.tsx'))

export default function RolesPage() {
  return <PersonPage>{(person) => <Roles person={person} />}</PersonPage>
}

/** Roles somebody was given directly; those of their groups stand with the groups. */
function Roles({ person }: { person: Person }) {
  const { data: acts } = usePersonActs(person.id)
  const [giving, give, stopGiving] = useDialogAddress('give')
  const [taking, take, stopTaking] = useDialogAddress('take')
  return (
    <>
      <div className="person-acts">
        <Button icon={<Plus className="icon" aria-hidden="true" />} onPress={() => give('role')}>
          {message('web.admin.users.person.roles.give')}
        </Button>
      </div>
      <DataTable<Assignment>
        label={message('web.admin.users.person.sections.roles')}
        path={listPath('/v1.0/roleManagement/directory/roleAssignments', {
          filter: `principalId eq ${quoted(person.id)}`,
          expand: 'roleDefinition',
          top: 50,
        })}
        columns={[
          {
            name: message('web.admin.users.person.roles.role'),
            cell: ({ roleDefinition: { id, displayName } }) => nameOfRole(id, displayName),
          },
          { name: message('web.admin.users.person.roles.scope'), cell: ({ directoryScopeId }) => <ScopeName scope={directoryScopeId} /> },
          {
            name: message('web.admin.users.person.groups.act'),
            cell: ({ id, roleDefinition }) => (
              <Button
                kind="plain"
                aria-label={message('web.admin.users.person.roles.take-this', {
                  role: nameOfRole(roleDefinition.id, roleDefinition.displayName),
                })}
                onPress={() => take(id)}
              >
                {message('web.admin.users.person.roles.take')}
              </Button>
            ),
          },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ roleDefinitionId }) => `/admin/roles/${roleDefinitionId}`}
        empty={
          <EmptyState title={message('web.admin.users.person.roles.none')}>{message('web.admin.users.person.roles.none-told')}</EmptyState>
        }
      />
      {acts && giving !== undefined && <GiveDialog person={person} permit={acts.giveRoles} onClose={stopGiving} />}
      {acts && taking !== undefined && <TakeDialog person={person} permit={acts.giveRoles} assignmentId={taking} onClose={stopTaking} />}
    </>
  )
}
