import { useState } from 'react'
import { Banner } from '../../../kit/banner.tsx'
import { Button } from '../../../kit/button.tsx'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { Select } from '../../../kit/select.tsx'
import { countMessage, message } from '../../../kit/words/message.ts'
import { type ColumnName, columnNames, columns, guessColumns, isColumnName } from './columns.ts'
import { type CsvTable, writeTable } from './csv-table.ts'
import type { Wanted } from './import-wizard.tsx'

interface ColumnsStepProps {
  table: CsvTable
  onBack: () => void
  onNext: (wanted: Wanted) => void
}

const nothing = 'nothing'
const examplesMax = 2

/** What each column holds: guessed from its heading, and for somebody to put right. */
export function ColumnsStep({ table, onBack, onNext }: ColumnsStepProps) {
  const [chosen, setChosen] = useState<readonly (ColumnName | undefined)[]>(() => guessColumns(table.header))
  const [existing, setExisting] = useState<Wanted['existing']>('update')
  const [isNameless, setNameless] = useState(false)
  const next = () => {
    const hasNames = chosen.includes('userPrincipalName')
    setNameless(!hasNames)
    if (hasNames) onNext({ csv: writeTable(table, chosen), existing, rows: table.rows.length })
  }
  const choose = (at: number, value: string) =>
    // A thing stands in one column: whoever names it again takes it away from the other.
    setChosen(chosen.map((one, index) => (index === at ? (isColumnName(value) ? value : undefined) : one === value ? undefined : one)))
  return (
    <>
      <p className="soft">{countMessage('web.admin.users.import.columns.told', table.rows.length)}</p>
      <ul className="import-columns">
        {table.header.map((heading, index) => (
          // Columns have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <div>
              <p className="import-heading">
                {heading || message('web.admin.users.import.columns.nameless', { number: String(index + 1) })}
              </p>
              <p className="soft small import-example">{examplesOf(table, index)}</p>
            </div>
            <Select
              label={message('web.admin.users.import.columns.holds', { heading: heading || String(index + 1) })}
              name={`column-${index}`}
              options={[
                { value: nothing, text: message('web.admin.users.import.columns.nothing') },
                ...columnNames.map((name) => ({ value: name, text: message(columns[name].label) })),
              ]}
              value={chosen[index] ?? nothing}
              onChange={(value) => choose(index, value)}
            />
          </li>
        ))}
      </ul>
      <Existing value={existing} onChange={setExisting} />
      {isNameless && (
        <Banner tone="bad" isNews>
          {message('web.admin.users.import.columns.name-missing')}
        </Banner>
      )}
      <div className="row">
        <Button kind="quiet" onPress={onBack}>
          {message('web.admin.users.import.back')}
        </Button>
        <Button onPress={next}>{message('web.admin.users.import.columns.check')}</Button>
      </div>
    </>
  )
}

function Existing({ value, onChange }: { value: Wanted['existing']; onChange: (value: Wanted['existing']) => void }) {
  return (
    <RadioGroup
      label={message('web.admin.users.import.columns.existing')}
      name="existing"
      choices={[
        { value: 'update', label: message('web.admin.users.import.columns.update') },
        { value: 'skip', label: message('web.admin.users.import.columns.skip') },
      ]}
      value={value}
      onChange={onChange}
    />
  )
}

function examplesOf({ rows }: CsvTable, index: number): string {
  return rows
    .slice(0, examplesMax)
    .flatMap((row) => row[index] || [])
    .join(' · ')
}
