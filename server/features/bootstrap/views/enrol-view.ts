import { type PasswordProblem, passwordRules, passwordUse } from '#server/domain/password-policy.ts'
import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { type Html, html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'

export type EnrolError =
  | { field: 'password'; problem: PasswordProblem | 'different' | 'missing' }
  | { field: 'number'; problem: 'bad' | 'slow-down' }

export interface EnrolModel extends Setting {
  /** Where the form posts to and the language links lead. */
  action: string
  /** Texts can be sent, so the phone is proven on the way. */
  hasTexts: boolean
  number: string
  error: EnrolError | undefined
}

const { minLength } = passwordRules(passwordUse(false))
const passwordMax = 512
const numberMax = 32

/** Says what is about to happen, and asks for all it takes; opening it spends nothing. */
export function enrolView(model: EnrolModel): Page {
  const { locale, organisationName, hasTexts, number, error, action } = model
  const title = message(locale, 'features.bootstrap.title')
  const passwordError = error?.field === 'password' ? passwordWords(model, error.problem) : undefined
  const numberError = error?.field === 'number' ? message(locale, numberErrors[error.problem]) : undefined
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.bootstrap.ask', { organisation: organisationName })}</p>
<form method="post" action="${action}" novalidate>
${passwordFields(model, passwordError)}
${numberField(model, number, numberError)}
${!hasTexts && html`<p>${message(locale, 'features.bootstrap.no-texts')}</p>`}
<button name="do" value="enrol">${message(locale, hasTexts ? 'features.bootstrap.send' : 'features.bootstrap.go')}</button>
</form>
<details><summary>${message(locale, 'features.bootstrap.instead')}</summary>
<p>${message(locale, 'features.bootstrap.once')}</p>
<form method="post" action="${action}"><button class="quiet" name="do" value="token">${message(locale, 'features.bootstrap.give-token')}</button></form></details>`
  const page = brandedPage(model, { title, main, languagesAt: action })
  return error ? { ...page, status: error.problem === 'slow-down' ? 429 : 400 } : page
}

function passwordFields({ locale }: EnrolModel, error: string | undefined): Part {
  const hint = message(locale, 'features.sign-in.new-password.hint', { min: String(minLength) })
  return html`${field('new_password', 'features.bootstrap.password', { locale, error, hint, hasFocus: true })}
${field('again', 'features.sign-in.new-password.again', { locale, error: undefined, hint: undefined, hasFocus: false })}`
}

interface Told {
  locale: EnrolModel['locale']
  error: string | undefined
  hint: string | undefined
  hasFocus: boolean
}

function field(name: string, label: MessageKey, { locale, error, hint, hasFocus }: Told): Html {
  return html`<div class="field"><label for="${name}">${message(locale, label)}</label>
${errorOf(name, error)}<input id="${name}" name="${name}" type="password" dir="auto" maxlength="${passwordMax}" autocomplete="new-password" autocapitalize="none" spellcheck="false" required${hasFocus && html` autofocus`}${described(name, error, hint)}>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`
}

function numberField({ locale }: EnrolModel, number: string, error: string | undefined): Html {
  const hint = message(locale, 'features.bootstrap.number-hint')
  return html`<div class="field"><label for="number">${message(locale, 'features.bootstrap.number')}</label>
${errorOf('number', error)}<input id="number" name="number" type="tel" dir="ltr" maxlength="${numberMax}" autocomplete="tel" required value="${number}"${described('number', error, hint)}>
<p class="hint" id="number-hint">${hint}</p></div>`
}

export function errorOf(name: string, error: string | undefined): Part {
  return (
    error !== undefined &&
    html`<p class="error" id="${name}-error" role="alert">${error}</p>
`
  )
}

export function described(name: string, error: string | undefined, hint: string | undefined): Html {
  const by = [...(error === undefined ? [] : [`${name}-error`]), ...(hint === undefined ? [] : [`${name}-hint`])].join(' ')
  return html`${by !== '' && html` aria-describedby="${by}"`}${error !== undefined && html` aria-invalid="true"`}`
}

const numberErrors = { bad: 'features.bootstrap.number-bad', 'slow-down': 'features.sign-in.slow-down' } as const satisfies Record<
  string,
  MessageKey
>

function passwordWords({ locale }: EnrolModel, problem: PasswordProblem | 'different' | 'missing'): string {
  if (problem === 'missing') return message(locale, 'features.sign-in.new-password.missing')
  if (problem === 'different') return message(locale, 'features.sign-in.new-password.different')
  return message(locale, `refusals.${problem}`, { min: String(minLength) })
}
