import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import type { UserBody } from '#contract/graph/users.ts'
import { all, beginsWith, listPath } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
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
import { nameOfProduct } from '../licences/products.ts'
import { BulkActs } from './bulk-acts.tsx'
import { UsersSections } from './users-sections.tsx'

type Person = Pick<UserBody, 'id' | 'displayName' | 'userPrincipalName' | 'jobTitle' | 'department' | 'accountEnabled' | 'userType'>

const NewUserDialog = later(() => import('./new-user-dialog.tsx'))

const select = ['id', 'displayName', 'userPrincipalName', 'jobTitle', 'department', 'accountEnabled', 'userType'] as const
const states = { enabled: 'accountEnabled eq true', disabled: 'accountEnabled eq false', guests: "userType eq 'Guest'" } as const

/** Everybody, a page at a time: searched, filtered and sorted by the server along its indexes. */
export default function UsersPage() {
  const [adding, openNew, closeNew] = useDialogAddress('new')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const question = useQuestion()
  return (
    <Page
      title={message('web.admin.users.label')}
      aside={
        <Button icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openNew('user')}>
          {message('web.admin.users.new.open')}
        </Button>
      }
    >
      <UsersSections />
      <Toolbar />
      {chosen.size > 0 && <BulkActs ids={[...chosen]} onDone={() => setChosen(new Set())} />}
      <DataTable<Person>
        label={message('web.admin.users.label')}
        {...question}
        columns={columns()}
        keyOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        linkOf={({ id }) => `/admin/users/${id}`}
        chosen={chosen}
        onChoose={setChosen}
        empty={<EmptyState title={message('web.admin.users.none')}>{message('web.admin.users.none-told')}</EmptyState>}
      />
      {adding !== undefined && <NewUserDialog onClose={closeNew} />}
    </Page>
  )
}

/** What the address says is looked for. What begins with something stands in the order of what it was found by, so sorting is for the rest. */
function useQuestion() {
  const [search] = useQueryValue('search')
  const [department] = useQueryValue('department')
  const [show] = useQueryValue('show')
  const [licence] = useQueryValue('licence')
  const [order, setOrder] = useQueryValue('order')
  const filter = all(
    beginsWith(search, 'displayName', 'userPrincipalName', 'surname'),
    beginsWith(department, 'department'),
    Object.entries(states).find(([name]) => name === show)?.[1],
    /^[0-9a-f-]{36}$/.test(licence) ? `assignedLicenses/any(x:x/skuId eq ${licence})` : undefined,
  )
  const isSortable = search === '' && department === ''
  return {
    path: listPath('/v1.0/users', { select, filter, orderBy: isSortable ? order || 'displayName' : undefined, top: 50 }),
    countPath: filter === undefined ? ('/v1.0/users/$count' as const) : undefined,
    ...(isSortable && { order: order || 'displayName', onOrder: setOrder }),
  }
}

function Toolbar() {
  const [search, setSearch] = useQueryValue('search')
  const [department, setDepartment] = useQueryValue('department')
  const [show, setShow] = useQueryValue('show')
  const [licence, setLicence] = useQueryValue('licence')
  const products = useResource<ListBody<SubscribedSkuBody>>('/v1.0/subscribedSkus')
  return (
    <div className="toolbar">
      <SearchField label={message('web.admin.users.search')} value={search} onChange={setSearch} />
      <SearchField label={message('web.admin.users.new.department')} value={department} onChange={setDepartment} />
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
      {products.data && products.data.value.length > 0 && (
        <FilterChip
          label={message('web.admin.users.show.licence')}
          value={licence}
          onChange={setLicence}
          options={products.data.value.map((sku) => ({ value: sku.skuId, text: nameOfProduct(sku) }))}
        />
      )}
    </div>
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
      {accountEnabled ? message('web.admin.users.state.enabled') : <Badge tone="bad">{message('web.admin.users.state.disabled')}</Badge>}{' '}
      {userType === 'Guest' && <Badge>{message('web.admin.users.state.guest')}</Badge>}
    </>
  )
}
