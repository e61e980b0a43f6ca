import type { System } from '#server/system.ts'
import type { Caller } from './caller.ts'
import { csvRow } from './csv.ts'

type Cells = Readonly<Record<string, string | number | null>>

export interface CountedReport {
  id: string
  displayName: string
  columns: readonly string[]
}

/** A file leaves the house, so who took it stands in the audit log, though there is nobody in it but sums. */
export async function exportCounts(
  system: Pick<System, 'inTransaction' | 'now'>,
  caller: Caller,
  report: CountedReport,
  rows: readonly Cells[],
): Promise<string> {
  const { id, displayName, columns } = report
  await system.inTransaction(({ audit }) =>
    audit.record(
      caller,
      { activity: 'Export report', category: 'UserManagement', operation: 'Other', targets: [{ id, kind: 'Other', displayName }] },
      system.now(),
    ),
  )
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? '')))].join('')
}
