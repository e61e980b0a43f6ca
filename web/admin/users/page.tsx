import { UserPlus } from 'lucide-react'
import type { UserBody } from '#contract/graph/users.ts'
import { all, beginsWith, listPath } from '../../kit/api/list-path.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { type DataColumn, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FilterChip } from '../../kit/filter-chip.tsx'
import { later } from '../../kit/later.tsx'
import { Page } from '../../kit/page.tsx'
import { useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { message } from '../../kit/words/message.ts'

type Person = Pick<UserBody, 'id' | 'displayName' | 'userPrincipalName' | 'jobTitle' | 'department' | 'accountEnabled' | 'userType'>

const NewUserDialog = later(() => import('./new-user-dialog.tsx'))

const select = ['id', 'displayName', 'userPrincipalName', 'jobTitle', 'department', 'accountEnabled', 'userType'] as const
const filters = { enabled: 'accountEnabled eq true', disabled: 'accountEnabled eq false', guests: "userType eq 'Guest'" } as const

export default function UsersPage() {
  const [search, setSearch] = useQueryValue('search')
  const [show, setShow] = useQueryValue('show')
  const [order, setOrder] = useQueryValue('order')
  const [adding, openNew, closeNew] = useDialogAddress('new')
  const chosen = Object.entries(filters).find(([name]) => name === show)?.[1]
  const filter = all(beginsWith(search, 'displayName', 'userPrincipalName', 'surname'), chosen)
  const path = listPath('/v1.0/users', { select, filter, orderBy: order, top: 50, isAdvanced: filter !== undefined && order !== '' })
  return (
    <Page
      title={message('web.admin.users.label')}
      aside={
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openNew('user')}>
          {message('web.admin.users.new.open')}
        </Button>
      }
    >
      <div className="toolbar">
        <SearchField label={message('web.admin.users.search')} value={search} onChange={setSearch} />
        <FilterChip
          label={message('web.admin.users.show.label')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'enabled', text: message('web.admin.users.show.enabled') },
            { value: 'disabled', text: message('web.admin.users.show.disabled') },
            { value: 'guests', text: message('web.admin.users.show.guests') },
          ]}
        />
      </div>
      <DataTable<Person>
        label={message('web.admin.users.label')}
        path={path}
        countPath={filter === undefined ? '/v1.0/users/$count' : undefined}
        columns={columns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/users/${id}`}
        order={order || 'displayName'}
        onOrder={setOrder}
        empty={<EmptyState title={message('web.admin.users.none')}>{message('web.admin.users.none-told')}</EmptyState>}
      />
      {adding !== undefined && <NewUserDialog onClose={closeNew} />}
    </Page>
  )
}

function columns(): readonly DataColumn<Person>[] {
  return [
    { name: message('web.admin.users.column.name'), cell: ({ displayName }) => displayName, sort: 'displayName' },
    { name: message('web.admin.users.column.user-name'), cell: ({ userPrincipalName }) => userPrincipalName, sort: 'userPrincipalName' },
    { name: message('web.admin.users.column.job'), cell: ({ jobTitle, department }) => [jobTitle, department].filter(Boolean).join(', ') },
    { name: message('web.admin.users.column.state'), cell: (person) => <State {...person} /> },
  ]
}

function State({ accountEnabled, userType }: Person) {
  return (
    <>
      {accountEnabled ? message('web.admin.users.state.enabled') : <Badge tone="bad">{message('web.admin.users.state.disabled')}</Badge>}
      {userType === 'Guest' && <Badge>{message('web.admin.users.state.guest')}</Badge>}
    </>
  )
}
