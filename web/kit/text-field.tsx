import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { useFieldError } from './field-errors.ts'
import './field.css'

interface TextFieldProps {
  label: string
  /** By which the form knows it; errors of the server name it too. */
  name: string
  value?: string
  onChange?: (value: string) => void
  hint?: ReactNode
  type?: 'text' | 'tel' | 'email' | 'password' | 'url' | 'date'
  inputMode?: 'text' | 'tel' | 'email' | 'numeric'
  autoComplete?: HTMLInputAutoCompleteAttribute
  isRequired?: boolean
  isReadOnly?: boolean
  autoFocus?: boolean
  maxLength?: number
  /** Numbers and addresses are read from left to right in every language. */
  isLtr?: boolean
}

/** A line of text with its label above, its hint below, and its error right at it. */
export function TextField({ label, hint, isLtr, inputMode, ...rest }: TextFieldProps) {
  const { words, props } = useFieldError(rest.name)
  return (
    <AriaTextField {...rest} {...props} className="field">
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <Input className="input" dir={isLtr ? 'ltr' : undefined} inputMode={inputMode} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  )
}
