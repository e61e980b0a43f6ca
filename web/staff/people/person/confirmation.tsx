import { useFieldError } from '../../../kit/field-errors.ts'
import { FieldProblem } from '../../../kit/form.tsx'
import { message } from '../../../kit/words/message.ts'

const name = 'confirmed'

/** The sentence a manager answers for: it stands in the log under their name. */
export function Confirmation({ person }: { person: string }) {
  const { words } = useFieldError(name)
  return (
    <div className="confirm-field">
      {words && (
        <p className="error" id="confirmed-error">
          {words}
        </p>
      )}
      <label className="confirm">
        <input type="checkbox" name={name} aria-invalid={words !== undefined} aria-describedby={words && 'confirmed-error'} />
        <span>{message('web.staff.number.confirm', { name: person })}</span>
      </label>
    </div>
  )
}

export function requireConfirmation(fields: ReadonlyMap<string, string>): void {
  if (!fields.has(name)) throw new FieldProblem(name, message('web.staff.number.confirm-missing'))
}
