import { UserPlus } from 'lucide-react'
import type { RoleAssignmentBody, RoleDefinitionBody } from '#contract/graph/role-management.ts'
import { api } from '../../kit/api/api.ts'
import { listPath, quoted } from '../../kit/api/list-path.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Disclosure } from '../../kit/disclosure.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { useParameter } from '../../kit/routing/parameters.ts'
import { message } from '../../kit/words/message.ts'
import { addressOfObject, kindText, type ObjectBody } from '../directory-objects.ts'
import { nameOfRole, toldOfRole } from '../role-words.ts'
import { ScopeName } from './scope-name.tsx'

type Assignment = RoleAssignmentBody & { principal?: ObjectBody }

const GiveRoleDialog = later(() => import('./give-role-dialog.tsx'))

const assignments = '/v1.0/roleManagement/directory/roleAssignments'

/** One role: what it may do, who has it and over what. */
export default function RolePage() {
  const id = useParameter('id')
  const role = useResource<RoleDefinitionBody>(`/v1.0/roleManagement/directory/roleDefinitions/${encodeURIComponent(id)}`)
  return (
    <Page
      title={role.data ? nameOfRole(role.data.id, role.data.displayName) : message('web.admin.roles.one')}
      lead={role.data && toldOfRole(role.data.id, role.data.description ?? '')}
      aside={role.data?.isPrivileged && <Badge tone="accent">{message('web.admin.roles.privileged')}</Badge>}
    >
      <Crumbs above={[{ to: '/admin/roles', text: message('web.admin.roles.label') }]} />
      <ResourceView of={role}>{(data) => <Holders role={data} />}</ResourceView>
    </Page>
  )
}

function Holders({ role }: { role: RoleDefinitionBody }) {
  const [giving, openGive, closeGive] = useDialogAddress('give')
  const [taking, openTake, closeTake] = useDialogAddress('take')
  return (
    <section className="stack" aria-label={message('web.admin.roles.holders')}>
      <div className="toolbar">
        <h2>{message('web.admin.roles.holders')}</h2>
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openGive('role')}>
          {message('web.admin.roles.give.open')}
        </Button>
      </div>
      <DataTable<Assignment>
        label={message('web.admin.roles.holders')}
        path={listPath(assignments, { filter: `roleDefinitionId eq ${quoted(role.id)}`, expand: 'principal', top: 50 })}
        columns={[
          { name: message('web.admin.objects.name'), cell: ({ principal, principalId }) => principal?.displayName ?? principalId },
          { name: message('web.admin.objects.detail'), cell: ({ principal }) => principal?.userPrincipalName },
          {
            name: message('web.admin.objects.kind'),
            cell: ({ principal }) => principal && kindText(principal),
          },
          { name: message('web.admin.roles.scope'), cell: ({ directoryScopeId }) => <ScopeName scope={directoryScopeId} /> },
          {
            name: message('web.admin.acts'),
            cell: ({ id, principal }) => (
              <Button
                kind="plain"
                aria-label={message('web.admin.roles.take-from', { name: principal?.displayName ?? '' })}
                onPress={() => openTake(id)}
              >
                {message('web.admin.roles.take')}
              </Button>
            ),
          },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ principal, principalId }) => addressOfObject(principal ?? { id: principalId, displayName: '' })}
        empty={<EmptyState title={message('web.admin.roles.nobody')} />}
      />
      <AllowedActions role={role} />
      {giving !== undefined && <GiveRoleDialog role={role} onClose={closeGive} />}
      {taking !== undefined && (
        <ConfirmDialog
          title={message('web.admin.roles.take-title')}
          confirmLabel={message('web.admin.roles.take')}
          isDangerous
          onConfirm={() => api.delete(`${assignments}/${taking}`)}
          onClose={closeTake}
        >
          <p>{message('web.admin.roles.take-told', { role: nameOfRole(role.id, role.displayName) })}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}

function AllowedActions({ role }: { role: RoleDefinitionBody }) {
  const actions = role.rolePermissions.flatMap(({ allowedResourceActions }) => allowedResourceActions)
  return (
    <Disclosure title={message('web.admin.roles.actions')}>
      <ul className="plain-list small">
        {actions.map((action) => (
          <li key={action}>
            <code>{action}</code>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
