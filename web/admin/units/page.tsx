import { Building2 } from 'lucide-react'
import type { UnitBody } from '#contract/graph/administrative-units.ts'
import { beginsWith, listPath } from '../../kit/api/list-path.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { Page } from '../../kit/page.tsx'
import { useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { message } from '../../kit/words/message.ts'
import { UnitBadges } from './unit-badges.tsx'

const UnitDialog = later(() => import('./unit-dialog.tsx'))

const select = ['id', 'displayName', 'description', 'isMemberManagementRestricted', 'visibility'] as const

export default function UnitsPage() {
  const [search, setSearch] = useQueryValue('search')
  const [order, setOrder] = useQueryValue('order')
  const [adding, openNew, closeNew] = useDialogAddress('new')
  const filter = beginsWith(search, 'displayName')
  return (
    <Page
      title={message('web.admin.units.label')}
      lead={message('web.admin.units.lead')}
      aside={
        <Button icon={<Building2 className="icon" aria-hidden="true" />} onPress={() => openNew('unit')}>
          {message('web.admin.units.new.open')}
        </Button>
      }
    >
      <div className="toolbar">
        <SearchField label={message('web.admin.units.search')} value={search} onChange={setSearch} />
      </div>
      <DataTable<UnitBody>
        label={message('web.admin.units.label')}
        path={listPath('/v1.0/directory/administrativeUnits', { select, filter, orderBy: filter ? '' : order, top: 50 })}
        countPath={filter === undefined ? '/v1.0/directory/administrativeUnits/$count' : undefined}
        columns={[
          { name: message('web.admin.units.name'), cell: ({ displayName }) => displayName, sort: 'displayName' },
          { name: message('web.admin.units.description'), cell: ({ description }) => description },
          { name: message('web.admin.units.kind'), cell: (unit) => <UnitBadges unit={unit} /> },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/units/${id}`}
        order={order || 'displayName'}
        onOrder={setOrder}
        empty={<EmptyState title={message('web.admin.units.none')}>{message('web.admin.units.none-told')}</EmptyState>}
      />
      {adding !== undefined && <UnitDialog onClose={closeNew} />}
    </Page>
  )
}
