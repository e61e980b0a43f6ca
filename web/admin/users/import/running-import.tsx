import { useEffect } from 'react'
import type { ImportRowBody, ImportRunBody } from '#contract/graph/imports.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { Banner } from '../../../kit/banner.tsx'
import { Card } from '../../../kit/card.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { ExportButton } from '../../../kit/export-button.tsx'
import { FilterChip } from '../../../kit/filter-chip.tsx'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { useQueryValue } from '../../../kit/routing/address.ts'
import { message } from '../../../kit/words/message.ts'
import { countText } from '../../../kit/words/numbers.ts'
import { Counts, outcomeNames, outcomeText } from './counts.tsx'
import { verdictColumns } from './row-verdicts.tsx'

const againMs = 1_000

/** How far an import is, and what became of each row. It goes on when this page is closed. */
export function RunningImport({ id, rows }: { id: string; rows: number }) {
  const run = useResource<ImportRunBody>(`/sesam/v1/imports/${encodeURIComponent(id)}`)
  const { data, reload } = run
  const isOver = data?.status === 'succeeded' || data?.status === 'failed'
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(reload, againMs)
    return () => clearInterval(timer)
  }, [isOver, reload])
  return (
    <ResourceView of={run}>
      {(found) => (
        <Card title={message('web.admin.users.import.run.title')}>
          <Progress run={found} rows={rows} />
          <Counts of={found} />
          {found.error && (
            <Banner tone="bad" isNews title={message('web.admin.users.import.run.stopped')}>
              <p>{found.error.message}</p>
            </Banner>
          )}
          {isOver && <Rows id={found.id} />}
        </Card>
      )}
    </ResourceView>
  )
}

function Progress({ run: { status, rowsDone }, rows }: { run: ImportRunBody; rows: number }) {
  const isOver = status === 'succeeded' || status === 'failed'
  const done = countText(rowsDone)
  const words = Number.isNaN(rows)
    ? message('web.admin.users.import.run.rows', { done })
    : message('web.admin.users.import.run.rows-of', { done, of: countText(rows) })
  return (
    <>
      <p role="status">
        {isOver ? message(status === 'failed' ? 'web.admin.users.import.run.failed' : 'web.admin.users.import.run.done') : words}
      </p>
      {!isOver && (
        <progress
          className="import-progress"
          aria-label={words}
          {...(!Number.isNaN(rows) && { max: rows, value: Math.min(rowsDone, rows) })}
        />
      )}
    </>
  )
}

function Rows({ id }: { id: string }) {
  const [outcome, setOutcome] = useQueryValue('outcome')
  const isKnown = outcomeNames.some((name) => name === outcome)
  const filter = isKnown ? `&$filter=${encodeURIComponent(`outcome eq '${outcome}'`)}` : ''
  return (
    <>
      <div className="toolbar">
        <FilterChip
          label={message('web.admin.users.import.row.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={outcomeNames.map((value) => ({ value, text: outcomeText(value) }))}
        />
        <ExportButton path={`/sesam/v1/imports/${id}/result`} name="import-result.csv" of={message('web.admin.users.import.run.title')} />
      </div>
      <DataTable<ImportRowBody>
        label={message('web.admin.users.import.row.label')}
        path={`/sesam/v1/imports/${id}/rows?$top=50${filter}`}
        columns={verdictColumns()}
        keyOf={(row) => row.id}
        empty={<p className="soft">{message('web.admin.users.import.row.none')}</p>}
      />
    </>
  )
}
