import type { ReactNode } from 'react'
import { listPath } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { ExactChip } from '../../kit/exact-chip.tsx'
import { FilterChip } from '../../kit/filter-chip.tsx'
import { useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { message } from '../../kit/words/message.ts'
import { PeriodChip } from '../period-chip.tsx'

/** The chips; what is done with all that they find stands behind them. */
export function Filters({ children }: { children: ReactNode }) {
  const [search, setSearch] = useQueryValue('search')
  const [activity, setActivity] = useQueryValue('activity')
  const [category, setCategory] = useQueryValue('category')
  const [actor, setActor] = useQueryValue('actor')
  const [target, setTarget] = useQueryValue('target')
  const { data } = useResource<ListBody<{ id: string; category: string }>>('/sesam/v1/auditLogs/activities')
  const activities = data?.value ?? []
  const categories = [...new Set(activities.map((one) => one.category))]
  return (
    <div className="toolbar">
      <SearchField label={message('web.admin.audit.search')} value={search} onChange={setSearch} />
      <PeriodChip />
      <FilterChip
        label={message('web.admin.audit.column.what')}
        value={activity}
        onChange={setActivity}
        options={activities.map(({ id }) => ({ value: id, text: id }))}
      />
      <FilterChip
        label={message('web.admin.audit.filter.category')}
        value={category}
        onChange={setCategory}
        options={categories.map((value) => ({ value, text: value }))}
      />
      <ResultChip />
      {actor && <PersonChip id={actor} label={message('web.admin.audit.column.who')} onRemove={() => setActor('')} />}
      {target && <PersonChip id={target} label={message('web.admin.audit.column.target')} onRemove={() => setTarget('')} />}
      <span className="toolbar-end">{children}</span>
    </div>
  )
}

function ResultChip() {
  const [result, setResult] = useQueryValue('result')
  return (
    <FilterChip
      label={message('web.admin.audit.filter.result')}
      value={result}
      onChange={setResult}
      options={[
        { value: 'success', text: message('web.admin.audit.result.success') },
        { value: 'failure', text: message('web.admin.audit.result.failure') },
      ]}
    />
  )
}

/** What was changed need not be a person, nor be there any more: then its id has to do. */
function PersonChip({ id, label, onRemove }: { id: string; label: string; onRemove: () => void }) {
  const { data } = useResource<{ displayName: string }>(listPath(`/v1.0/users/${encodeURIComponent(id)}`, { select: ['displayName'] }))
  return <ExactChip label={label} value={data?.displayName ?? id} onRemove={onRemove} />
}
