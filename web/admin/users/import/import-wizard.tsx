import { useState } from 'react'
import { Card } from '../../../kit/card.tsx'
import { useUnsaved } from '../../../kit/use-unsaved.ts'
import { WizardStep } from '../../../kit/wizard.tsx'
import { message } from '../../../kit/words/message.ts'
import { ColumnsStep } from './columns-step.tsx'
import type { CsvTable } from './csv-table.ts'
import { RehearsalStep } from './rehearsal-step.tsx'
import { SourceStep } from './source-step.tsx'

const steps = 3

export interface Wanted {
  csv: string
  existing: 'update' | 'skip'
  rows: number
}

/** Which file, what its columns are, and what would happen. */
export function ImportWizard() {
  const [table, setTable] = useState<CsvTable>()
  const [wanted, setWanted] = useState<Wanted>()
  const [isStarting, setStarting] = useState(false)
  useUnsaved(table !== undefined && !isStarting)
  const step = wanted ? 3 : table ? 2 : 1
  const titles = [
    'web.admin.users.import.source.title',
    'web.admin.users.import.columns.title',
    'web.admin.users.import.rehearsal.title',
  ] as const
  return (
    <Card title={message('web.admin.users.import.new')}>
      <WizardStep step={step} of={steps} title={message(titles[step - 1] ?? titles[0])}>
        {!table && <SourceStep onRead={setTable} />}
        {table && !wanted && <ColumnsStep table={table} onBack={() => setTable(undefined)} onNext={setWanted} />}
        {wanted && <RehearsalStep wanted={wanted} onBack={() => setWanted(undefined)} onStart={() => setStarting(true)} />}
      </WizardStep>
    </Card>
  )
}
