import type { RoleDefinitionBody } from '#contract/graph/role-management.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Link } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { Table } from '../../kit/table.tsx'
import { message } from '../../kit/words/message.ts'
import { nameOfRole, toldOfRole } from '../role-words.ts'

type Role = Pick<RoleDefinitionBody, 'id' | 'displayName' | 'description' | 'isPrivileged'>
interface NamedRole extends Role {
  name: string
  told: string
}

/** The roles there are. They are few, so they come in one go and the browser looks through them. */
export default function RolesPage() {
  const [search, setSearch] = useQueryValue('search')
  const roles = useResource<ListBody<Role>>(
    '/v1.0/roleManagement/directory/roleDefinitions?$select=id,displayName,description,isPrivileged&$top=999',
  )
  const typed = search.trim().toLocaleLowerCase()
  return (
    <Page title={message('web.admin.roles.label')} lead={message('web.admin.roles.lead')}>
      <div className="toolbar">
        <SearchField label={message('web.admin.roles.search')} value={search} onChange={setSearch} />
      </div>
      <ResourceView of={roles}>
        {({ value }) => {
          const named = value.map((role) => ({
            ...role,
            name: nameOfRole(role.id, role.displayName),
            told: toldOfRole(role.id, role.description ?? ''),
          }))
          const found = named.filter(({ name, told, displayName }) => `${name} ${told} ${displayName}`.toLocaleLowerCase().includes(typed))
          if (found.length === 0) return <EmptyState title={message('web.admin.roles.none')} />
          return (
            <Table<NamedRole>
              label={message('web.admin.roles.label')}
              columns={[
                {
                  name: message('web.admin.roles.one'),
                  cell: ({ id, name }) => <Link to={`/admin/roles/${id}`}>{name}</Link>,
                },
                { name: message('web.admin.roles.description'), cell: ({ told }) => told },
                {
                  name: message('web.admin.roles.weight'),
                  cell: ({ isPrivileged }) => isPrivileged && <Badge tone="accent">{message('web.admin.roles.privileged')}</Badge>,
                },
              ]}
              items={found}
              keyOf={({ id }) => id}
            />
          )
        }}
      </ResourceView>
    </Page>
  )
}
