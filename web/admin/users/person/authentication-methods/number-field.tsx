import { Check, CircleAlert } from 'lucide-react'
import { TextField } from '../../../../kit/text-field.tsx'
import { leftToRight } from '../../../../kit/words/left-to-right.ts'
import { message } from '../../../../kit/words/message.ts'
import { nameOfCountry } from './name-of-country.ts'
import { CauseBanner } from './remedies.tsx'
import { useNumberCheck } from './use-number-check.ts'

interface NumberFieldProps {
  personId: string
  phoneType: string
  value: string
  onChange: (value: string) => void
}

/** S13: a number with its country code, judged by the API while it is typed. */
export function NumberField({ personId, phoneType, value, onChange }: NumberFieldProps) {
  const verdict = useNumberCheck(personId, value, phoneType)
  return (
    <div className="stack">
      <TextField
        label={message('web.admin.users.person.methods.number.label')}
        name="phoneNumber"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={value}
        onChange={onChange}
        hint={message('web.admin.users.person.methods.number.hint')}
        isRequired
        isLtr
      />
      <p className={`verdict-line small ${verdict?.isAcceptable ? 'good' : verdict ? 'bad' : ''}`} role="status">
        {verdict?.isAcceptable && (
          <>
            <Check className="icon" aria-hidden="true" />
            {message('web.admin.users.person.methods.number.good', {
              number: leftToRight(verdict.phoneNumber ?? ''),
              country: nameOfCountry(verdict.country),
            })}
          </>
        )}
        {verdict?.problem && (
          <>
            <CircleAlert className="icon" aria-hidden="true" />
            {verdict.problem.message}
          </>
        )}
      </p>
      {verdict?.cause && <CauseBanner cause={verdict.cause} personId={personId} />}
    </div>
  )
}
