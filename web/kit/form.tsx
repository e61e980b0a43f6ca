import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { ApiError } from './api/api-error.ts'
import { Button, type ButtonKind } from './button.tsx'
import { ErrorBanner } from './error-banner.tsx'
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

type Errors = Readonly<Record<string, string>>

export function Form({ onSubmit, fieldOf = {}, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<ApiError>()

  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])

  const judge = (error: unknown) => {
    if (error instanceof FieldProblem) return setErrors({ [error.field]: error.message })
    if (!(error instanceof ApiError)) throw error
    const field = error.isPassing ? undefined : (fieldOf[error.property ?? '*'] ?? error.property)
    const isHere = field !== undefined && form.current?.querySelector(`[name="${CSS.escape(field)}"]`)
    if (isHere) setErrors({ [field]: error.message })
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
  return (
    <AriaForm ref={form} className="form" validationBehavior="aria" validationErrors={errors} onSubmit={submit}>
      {failure && <ErrorBanner error={failure} onRetry={failure.isPassing ? () => void send() : undefined} />}
      <Busy.Provider value={isBusy}>{children}</Busy.Provider>
    </AriaForm>
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
function emptyFields(form: HTMLFormElement): Errors {
  const required = [...form.querySelectorAll<HTMLInputElement>('input[aria-required="true"][name], input[required][name]')]
  return Object.fromEntries(required.filter(({ value }) => value.trim() === '').map(({ name }) => [name, message('web.kit.form.required')]))
}
