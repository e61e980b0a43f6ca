import { Users } from 'lucide-react'
import type { GroupBody } from '#contract/graph/groups.ts'
import { all, beginsWith, listPath } from '../../kit/api/list-path.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FilterChip } from '../../kit/filter-chip.tsx'
import { later } from '../../kit/later.tsx'
import { Page } from '../../kit/page.tsx'
import { useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'

type Group = Pick<GroupBody, 'id' | 'displayName' | 'description' | 'isAssignableToRole' | 'createdDateTime'>

const NewGroupDialog = later(() => import('./new-group-dialog.tsx'))

const select = ['id', 'displayName', 'description', 'isAssignableToRole', 'createdDateTime'] as const

export default function GroupsPage() {
  const [search, setSearch] = useQueryValue('search')
  const [show, setShow] = useQueryValue('show')
  const [order, setOrder] = useQueryValue('order')
  const [adding, openNew, closeNew] = useDialogAddress('new')
  const filter = all(beginsWith(search, 'displayName'), show === 'roles' ? 'isAssignableToRole eq true' : undefined)
  return (
    <Page
      title={message('web.admin.groups.label')}
      lead={message('web.admin.groups.lead')}
      aside={
        <Button icon={<Users className="icon" aria-hidden="true" />} onPress={() => openNew('group')}>
          {message('web.admin.groups.new.open')}
        </Button>
      }
    >
      <div className="toolbar">
        <SearchField label={message('web.admin.groups.search')} value={search} onChange={setSearch} />
        <FilterChip
          label={message('web.admin.groups.show')}
          value={show}
          onChange={setShow}
          options={[{ value: 'roles', text: message('web.admin.groups.for-roles') }]}
        />
      </div>
      <DataTable<Group>
        label={message('web.admin.groups.label')}
        path={listPath('/v1.0/groups', { select, filter, orderBy: order, top: 50 })}
        countPath={filter === undefined ? '/v1.0/groups/$count' : undefined}
        columns={[
          {
            name: message('web.admin.groups.column.name'),
            cell: ({ displayName }) => displayName,
            sort: 'displayName',
          },
          { name: message('web.admin.groups.column.description'), cell: ({ description }) => description },
          {
            name: message('web.admin.groups.column.roles'),
            cell: ({ isAssignableToRole }) => isAssignableToRole && <Badge tone="accent">{message('web.admin.groups.for-roles')}</Badge>,
          },
          {
            name: message('web.admin.groups.column.created'),
            cell: ({ createdDateTime }) => dateText(createdDateTime),
            sort: 'createdDateTime',
          },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/groups/${id}`}
        order={order || 'displayName'}
        onOrder={setOrder}
        empty={
          <EmptyState title={message('web.admin.groups.none')}>
            {message(filter === undefined ? 'web.admin.groups.none-yet' : 'web.admin.groups.none-told')}
          </EmptyState>
        }
      />
      {adding !== undefined && <NewGroupDialog onClose={closeNew} />}
    </Page>
  )
}
