import { message } from './words/message.ts'

interface RowCheckboxProps {
  label: string
  id: string
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}

/** Ticks a row of a table. */
export function RowCheckbox({ label, id, chosen, onChoose }: RowCheckboxProps) {
  const isChosen = chosen.has(id)
  return (
    <label className="row-check">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={() => onChoose(isChosen ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))}
      />
      <span className="unseen">{message('web.kit.data-table.choose-one', { name: label })}</span>
    </label>
  )
}
