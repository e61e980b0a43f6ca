import { useState } from 'react'
import type { DirectoryAuditBody } from '#contract/graph/directory-audits.ts'
import { all, listPath, quoted } from '../../kit/api/list-path.ts'
import { type DataColumn, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ExportButton } from '../../kit/export-button.tsx'
import { LiveToggle } from '../../kit/live-toggle.tsx'
import { Page } from '../../kit/page.tsx'
import { useAddress } from '../../kit/routing/address.ts'
import { useLive } from '../../kit/use-live.ts'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { usePeriodFilter } from '../period-chip.tsx'
import { Filters } from './filters.tsx'
import { actorName, targetNames } from './names.ts'

const log = '/v1.0/auditLogs/directoryAudits'
const everyMs = 3_000

export default function AuditPage() {
  const [isLive, setLive] = useState(false)
  const filter = all(useAskedFilter(), usePeriodFilter('activityDateTime'))
  const path = listPath(log, { filter, top: 50 })
  useLive([path], { everyMs, isOn: isLive, onEnd: () => setLive(false) })
  return (
    <Page title={message('web.admin.audit.label')} lead={message('web.admin.audit.lead')}>
      <Filters>
        <LiveToggle isOn={isLive} onChange={setLive} />
        <ExportButton path={listPath('/sesam/v1/auditLogs/directoryAudits/export', { filter })} name="audit-log.csv" />
      </Filters>
      <DataTable<DirectoryAuditBody>
        label={message('web.admin.audit.label')}
        path={path}
        columns={columns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/audit/${id}`}
        empty={<EmptyState title={message('web.admin.audit.none')}>{message('web.admin.audit.none-told')}</EmptyState>}
      />
    </Page>
  )
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the address asks of the log. */
function useAskedFilter(): string | undefined {
  const { searchParams } = useAddress()
  const value = (name: string) => searchParams.get(name) ?? ''
  const [activity, category, result, actor, target, search] = ['activity', 'category', 'result', 'actor', 'target', 'search'].map(value)
  return all(
    activity && `activityDisplayName eq ${quoted(activity)}`,
    category && `category eq ${quoted(category)}`,
    result && `result eq ${quoted(result)}`,
    actor && guid.test(actor) ? `initiatedBy/user/id eq ${quoted(actor)}` : undefined,
    target && `targetResources/any(t:t/id eq ${quoted(target)})`,
    search && guid.test(search.trim()) ? `correlationId eq ${quoted(search.trim())}` : undefined,
  )
}

function columns(): readonly DataColumn<DirectoryAuditBody>[] {
  return [
    { name: message('web.admin.audit.column.what'), cell: ({ activityDisplayName }) => activityDisplayName },
    { name: message('web.admin.audit.column.when'), cell: ({ activityDateTime }) => <When instant={activityDateTime} isFirst /> },
    { name: message('web.admin.audit.column.who'), cell: (event) => <bdi>{actorName(event)}</bdi> },
    { name: message('web.admin.audit.column.target'), cell: (event) => <bdi>{targetNames(event)}</bdi> },
  ]
}
