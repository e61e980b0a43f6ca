import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { useFieldError } from './field-errors.ts'
import './field.css'

interface TextAreaProps {
  label: string
  /** By which the form knows it; errors of the server name it too. */
  name: string
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  rows?: number
  maxLength?: number
  /** Addresses are read from left to right in every language. */
  isLtr?: boolean
}

/** Several lines of text. */
export function TextArea({ label, hint, rows = 3, isLtr, ...rest }: TextAreaProps) {
  const { words, props } = useFieldError(rest.name)
  return (
    <AriaTextField {...rest} {...props} className="field">
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <AriaTextArea className="input" rows={rows} dir={isLtr ? 'ltr' : undefined} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  )
}
