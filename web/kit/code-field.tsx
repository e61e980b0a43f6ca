import { useState } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { useFieldError } from './field-errors.ts'
import './field.css'

export const codeDigits = 6

interface CodeFieldProps {
  label: string
  name?: string
  hint?: string
  autoFocus?: boolean
  /** The last digit is typed, or a code was put in at once. */
  onComplete?: (code: string) => void
}

/** For a code of six digits: phones offer the one from the text, and blanks or hyphens are taken out. */
export function CodeField({ label, name = 'code', hint, autoFocus = true, onComplete }: CodeFieldProps) {
  const [value, setValue] = useState('')
  const { words, props } = useFieldError(name)
  const take = (typed: string) => {
    const code = typed.replace(/\D/g, '').slice(0, codeDigits)
    setValue(code)
    if (code.length === codeDigits && code !== value) onComplete?.(code)
  }
  return (
    <AriaTextField {...props} name={name} value={value} onChange={take} isRequired autoFocus={autoFocus} className="field">
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <Input className="input code-input" dir="ltr" inputMode="numeric" autoComplete="one-time-code" />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  )
}
