import { ChevronDown } from 'lucide-react'
import type { KeyboardEvent, SyntheticEvent } from 'react'
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
  const chosenText = options.find((one) => one.value === value)?.text
  // What is chosen makes room for what is typed. While somebody is typing, a click is for the caret.
  const selectAll = ({ currentTarget: input }: SyntheticEvent<HTMLInputElement>) => {
    if (input.value === chosenText) input.select()
  }
  // Nobody should have to press an arrow first: Enter takes the first one that is left, and going on takes the only one.
  const settle = (event: KeyboardEvent<HTMLInputElement>) => {
    const { value: typed, ariaExpanded } = event.currentTarget
    const isPointedAt = event.currentTarget.hasAttribute('aria-activedescendant')
    if (ariaExpanded !== 'true' || isPointedAt || typed.trim() === '' || typed === chosenText) return
    const left = options.filter(({ text }) => (isMatch ?? hasText)(text, typed))
    if (event.key === 'Enter' ? left[0] : event.key === 'Tab' && left.length === 1) choose(left[0]?.value)
  }
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
      allowsEmptyCollection
      className="field"
      {...(isMatch && { defaultFilter: isMatch })}
    >
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <div className="combo">
        <Input className="input" onFocus={selectAll} onClick={selectAll} onKeyDown={settle} />
        <Button>
          <ChevronDown className="icon" aria-hidden="true" />
        </Button>
      </div>
      <Popover className="popover">
        {/* It stands at the end of the page, outside of all its landmarks. */}
        <section aria-label={label}>
          <ListBox<{ id: Value; option: Option<Value> }>
            className="options"
            renderEmptyState={() => <p className="options-none">{message('web.kit.combo-box.none')}</p>}
          >
            {({ option }) => <OptionItem option={option} />}
          </ListBox>
        </section>
      </Popover>
    </AriaComboBox>
  )
}

function hasText(optionText: string, typed: string): boolean {
  return optionText.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())
}
