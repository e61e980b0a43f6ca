import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { useFieldError } from './field-errors.ts'
import { type Option, OptionItem } from './option.tsx'
import './choice.css'
import './field.css'

interface SelectProps<Value extends string> {
  label: string
  name: string
  options: readonly Option<Value>[]
  value: Value | undefined
  onChange: (value: Value) => void
  placeholder?: string
}

/** One of a handful. Load it lazily, with the page or dialog it stands in. */
export function Select<Value extends string>({ label, name, options, value, onChange, placeholder }: SelectProps<Value>) {
  const { words, props } = useFieldError(name)
  const choose = (key: unknown) => {
    const option = options.find((one) => one.value === key)
    if (option) onChange(option.value)
  }
  return (
    <AriaSelect
      {...props}
      name={name}
      value={value ?? null}
      onChange={choose}
      className="field"
      {...(placeholder !== undefined && { placeholder })}
    >
      <Label className="label">{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <ChevronDown className="icon" aria-hidden="true" />
      </Button>
      <Popover className="popover">
        <ListBox className="options" items={options.map((option) => ({ id: option.value, option }))}>
          {({ option }) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
