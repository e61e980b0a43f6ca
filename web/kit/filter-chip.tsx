import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import { type Option, OptionItem } from './option.tsx'
import { message } from './words/message.ts'
import './choice.css'
import './filter-chip.css'

interface FilterChipProps {
  label: string
  options: readonly Option<string>[]
  /** Empty where it filters nothing. */
  value: string
  onChange: (value: string) => void
  /** Something is always chosen, so there is no "all". */
  isAlways?: boolean
}

const all = 'all'

/** One filter of a list, small enough to stand in a row of them. */
export function FilterChip({ label, options, value, onChange, isAlways }: FilterChipProps) {
  const items = isAlways ? options : [{ value: all, text: message('web.kit.filter.any') }, ...options]
  return (
    <Select
      className="chip"
      data-on={value !== '' || undefined}
      value={value || all}
      onChange={(key) => onChange(key === all ? '' : String(key))}
    >
      <Label className="chip-label">{label}</Label>
      <Button className="chip-button">
        <SelectValue className="chip-value" />
        <ChevronDown className="icon" aria-hidden="true" />
      </Button>
      <Popover className="popover">
        <ListBox className="options" items={items.map((option) => ({ id: option.value, option }))}>
          {({ option }) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </Select>
  )
}
