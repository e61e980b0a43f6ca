import { Check } from 'lucide-react'
import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { useFieldError } from './field-errors.ts'
import type { Choice } from './radio-group.tsx'
import './choice.css'
import './field.css'

interface CheckboxGroupProps<Value extends string> {
  label: string
  name: string
  choices: readonly Choice<Value>[]
  values: readonly Value[]
  onChange: (values: readonly Value[]) => void
}

/** Any number of a few, all of them in sight. */
export function CheckboxGroup<Value extends string>({ label, name, choices, values, onChange }: CheckboxGroupProps<Value>) {
  const { words, props } = useFieldError(name)
  const choose = (chosen: readonly string[]) => onChange(choices.flatMap(({ value }) => (chosen.includes(value) ? [value] : [])))
  return (
    <AriaCheckboxGroup {...props} name={name} value={[...values]} onChange={choose} className="field">
      <Label className="label">{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <div className="choices">
        {choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} isDisabled={choice.isDisabled ?? false} className="choice">
            {({ isSelected }) => (
              <>
                <span className="tick" aria-hidden="true">
                  {isSelected && <Check className="icon" />}
                </span>
                <span>
                  <b>{choice.label}</b>
                  {choice.note && <span className="soft small">{choice.note}</span>}
                </span>
              </>
            )}
          </Checkbox>
        ))}
      </div>
    </AriaCheckboxGroup>
  )
}
