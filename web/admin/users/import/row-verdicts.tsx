import type { ImportRowBody } from '#contract/graph/imports.ts'
import { Badge } from '../../../kit/badge.tsx'
import { Table } from '../../../kit/table.tsx'
import { message } from '../../../kit/words/message.ts'
import { outcomeText } from './counts.tsx'

export function verdictColumns() {
  return [
    { name: message('web.admin.users.import.row.number'), cell: ({ row }: ImportRowBody) => String(row) },
    {
      name: message('web.admin.users.person.field.userPrincipalName'),
      cell: ({ userPrincipalName }: ImportRowBody) => <span className="ltr">{userPrincipalName}</span>,
    },
    { name: message('web.admin.users.import.row.outcome'), cell: ({ outcome }: ImportRowBody) => <OutcomeBadge outcome={outcome} /> },
    { name: message('web.admin.users.import.row.why'), cell: ({ notes }: ImportRowBody) => notes.map((note) => note.message).join(' ') },
  ]
}

/** Rows that have something to say, each with its verdict. */
export function RowVerdicts({ rows }: { rows: readonly ImportRowBody[] }) {
  return (
    <div className="import-rows">
      <Table label={message('web.admin.users.import.row.label')} columns={verdictColumns()} items={rows} keyOf={({ id }) => id} />
    </div>
  )
}

function OutcomeBadge({ outcome }: Pick<ImportRowBody, 'outcome'>) {
  return <Badge tone={outcome === 'failed' ? 'bad' : outcome === 'created' ? 'good' : 'note'}>{outcomeText(outcome)}</Badge>
}
