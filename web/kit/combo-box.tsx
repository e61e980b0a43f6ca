import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { useFieldError } from './field-errors.ts'
import { type Option, OptionItem } from './option.tsx'
import { message } from './words/message.ts'
import './choice.css'
import './field.css'

interface ComboBoxProps<Value extends string> {
  label: string
  name: string
  options: readonly Option<Value>[]
  value: Value | undefined
  onChange: (value: Value) => void
  /** Whether an option is meant by what was typed; by default it has the text in it, whatever its case and accents. */
  isMatch?: (optionText: string, typed: string) => boolean
}

/** One of many, found by typing. Load it lazily, with the page or dialog it stands in. */
export function ComboBox<Value extends string>({ label, name, options, value, onChange, isMatch }: ComboBoxProps<Value>) {
  const { words, props } = useFieldError(name)
  const choose = (key: unknown) => {
    const option = options.find((one) => one.value === key)
    if (option) onChange(option.value)
  }
  return (
    <AriaComboBox
      {...props}
      name={name}
      defaultItems={options.map((option) => ({ id: option.value, option }))}
      value={value ?? null}
      onChange={choose}
      menuTrigger="focus"
      className="field"
      {...(isMatch && { defaultFilter: isMatch })}
    >
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <div className="combo">
        <Input className="input" />
        <Button>
          <ChevronDown className="icon" aria-hidden="true" />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox<{ id: Value; option: Option<Value> }>
          className="options"
          renderEmptyState={() => <p className="options-none">{message('web.kit.combo-box.none')}</p>}
        >
          {({ option }) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
