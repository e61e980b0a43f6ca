import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components/RadioGroup'
import { useFieldError } from './field-errors.ts'
import './choice.css'
import './field.css'

export interface Choice<Value extends string = string> {
  value: Value
  label: ReactNode
  note?: ReactNode
  isDisabled?: boolean
}

interface RadioGroupProps<Value extends string> {
  label: string
  name: string
  choices: readonly Choice<Value>[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few, all of them in sight. */
export function RadioGroup<Value extends string>({ label, name, choices, value, onChange }: RadioGroupProps<Value>) {
  const { words, props } = useFieldError(name)
  const choose = (chosen: string) => {
    const choice = choices.find((one) => one.value === chosen)
    if (choice) onChange(choice.value)
  }
  return (
    <AriaRadioGroup {...props} name={name} value={value} onChange={choose} className="field">
      <Label className="label">{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <div className="choices">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} isDisabled={choice.isDisabled ?? false} className="choice">
            <span className="dot" aria-hidden="true" />
            <span>
              <b>{choice.label}</b>
              {choice.note && <span className="soft small">{choice.note}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  )
}
