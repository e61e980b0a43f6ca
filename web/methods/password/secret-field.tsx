import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField } from 'react-aria-components/TextField'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { useFieldError } from '../../kit/field-errors.ts'
import { message } from '../../kit/words/message.ts'
import './secret-field.css'

interface SecretFieldProps {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  maxLength: number
  autoFocus?: boolean
}

/** A password, hidden until somebody wants to see what they type. */
export function SecretField({ label, hint, ...rest }: SecretFieldProps) {
  const [isShown, setShown] = useState(false)
  const { words, props } = useFieldError(rest.name)
  return (
    <TextField {...rest} {...props} type={isShown ? 'text' : 'password'} isRequired className="field">
      <Label>{label}</Label>
      <FieldError className="error">{words}</FieldError>
      <div className="secret">
        <Input className="input" dir="ltr" spellCheck={false} autoCapitalize="none" />
        <ToggleButton aria-label={message('web.methods.password.show', { label })} isSelected={isShown} onChange={setShown}>
          {isShown ? <EyeOff className="icon" aria-hidden="true" /> : <Eye className="icon" aria-hidden="true" />}
        </ToggleButton>
      </div>
      {hint && (
        <Text slot="description" className="hint" elementType="div">
          {hint}
        </Text>
      )}
    </TextField>
  )
}
