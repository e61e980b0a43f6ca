import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { ApiError } from './api/api-error.ts'
import { wordsOf } from './api/words-of.ts'
import { Button, type ButtonKind } from './button.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { type FieldErrors, FieldErrorsContext } from './field-errors.ts'
import { message } from './words/message.ts'
import './field.css'

const Busy = createContext(false)

/** Thrown by a form's `onSubmit`: this field is not right, and here is why. */
export class FieldProblem extends Error {
  readonly field: string

  constructor(field: string, words: string) {
    super(words)
    this.field = field
  }
}

interface FormProps {
  /** Sends it. An `ApiError` that names a field is shown there, any other above the form; what was typed stays. */
  onSubmit: (fields: ReadonlyMap<string, string>) => Promise<void>
  /** Property of the API → name of the field, where the two differ; `*` is for errors that name none. */
  fieldOf?: Readonly<Record<string, string>>
  children: ReactNode
}

export function Form({ onSubmit, fieldOf = {}, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<ApiError>()

  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])

  const judge = (error: unknown) => {
    if (error instanceof FieldProblem) return setErrors({ [error.field]: error.message })
    if (!(error instanceof ApiError)) throw error
    const field = error.isPassing ? undefined : (fieldOf[error.property ?? '*'] ?? error.property)
    const isHere = field !== undefined && form.current?.querySelector(`[name="${CSS.escape(field)}"]`)
    if (isHere) setErrors({ [field]: wordsOf(error) })
    else setFailure(error)
  }
  const send = async () => {
    const element = form.current
    if (!element || isBusy) return
    const empty = emptyFields(element)
    setErrors(empty)
    setFailure(undefined)
    if (Object.keys(empty).length > 0) return
    setBusy(true)
    try {
      await onSubmit(new Map([...new FormData(element)].map(([name, value]) => [name, String(value)])))
    } catch (error) {
      judge(error)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  // Not when the field is left: the page would move under the finger that is about to press the button.
  const forgive = ({ target }: FormEvent) => {
    const name = target instanceof HTMLInputElement ? target.name : ''
    if (name in errors) setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => field !== name)))
  }
  return (
    <form ref={form} className="form" onSubmit={submit} onInput={forgive} noValidate>
      {failure && <ErrorBanner error={failure} onRetry={failure.isPassing ? () => void send() : undefined} />}
      <FieldErrorsContext value={errors}>
        <Busy value={isBusy}>{children}</Busy>
      </FieldErrorsContext>
    </form>
  )
}

/** Sends the form it stands in, and shows that it is under way. */
export function SubmitButton({ children, kind = 'main' }: { children: ReactNode; kind?: ButtonKind }) {
  return (
    <Button type="submit" kind={kind} isBusy={useContext(Busy)}>
      {children}
    </Button>
  )
}

/** What must be there and is not. */
function emptyFields(form: HTMLFormElement): FieldErrors {
  const required = [...form.querySelectorAll<HTMLInputElement>('input[aria-required="true"][name], input[required][name]')]
  return Object.fromEntries(required.filter(({ value }) => value.trim() === '').map(({ name }) => [name, message('web.kit.form.required')]))
}
