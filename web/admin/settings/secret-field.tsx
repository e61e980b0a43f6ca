import { TextField } from '../../kit/text-field.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'

interface SecretFieldProps {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  /** Since when there is one; it is never shown. */
  setDateTime: string | null
  hint?: string
}

/** A secret goes in and does not come out: empty means that the one that is kept stays. */
export function SecretField({ setDateTime, hint, ...field }: SecretFieldProps) {
  const kept = setDateTime === null ? undefined : message('web.admin.settings.secret.kept', { date: dateText(setDateTime) })
  return <TextField {...field} type="password" autoComplete="new-password" isLtr hint={[kept, hint].filter(Boolean).join(' ')} />
}
