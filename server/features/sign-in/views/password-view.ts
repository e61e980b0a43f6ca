import { html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, otherWays, type Step, stepPage } from './form.ts'
import { revealing } from './script.ts'

export type PasswordError = { kind: 'missing' | 'wrong' | 'expired' | 'slow-down' } | { kind: 'locked'; minutes: number }

export interface PasswordModel extends Step {
  /** What was typed a page ago, for the browser's password manager. */
  typed: string
  typedMasked: string
  error: PasswordError | undefined
  ways: readonly string[]
}

/** Room for the longest password there can be, in letters that take four bytes. */
export const passwordFieldMax = 512

export function passwordView(model: PasswordModel): Page {
  const { locale, typed, typedMasked, ways } = model
  const error = model.error && passwordErrorWords(model, model.error)
  const heading = message(locale, 'features.sign-in.password.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.password.for', { name: apart(typedMasked) })}</p>
${form(model, [
  userNameField(typed),
  passwordField(model, { name: 'password', label: 'features.sign-in.password.label', fill: 'current-password', error, hasFocus: true }),
  html`<button name="do" value="next">${message(locale, 'features.sign-in.password.go')}</button>`,
])}
${form(model, button(model, 'text', 'features.sign-in.password.text-me', 'quiet'))}
<div class="more">${otherWays(model, ways)}</div>
${form(model, button(model, 'back', 'features.sign-in.password.not-you', 'plain'))}`
  return stepPage(model, heading, main, error !== undefined, revealing)
}

const plainErrors: Readonly<Record<Exclude<PasswordError['kind'], 'locked'>, MessageKey>> = {
  missing: 'features.sign-in.password.missing',
  wrong: 'features.sign-in.password.wrong',
  expired: 'features.sign-in.password.expired',
  'slow-down': 'features.sign-in.slow-down',
}

export function passwordErrorWords({ locale }: Step, error: PasswordError): string {
  if (error.kind !== 'locked') return message(locale, plainErrors[error.kind])
  const key = error.minutes === 1 ? 'features.sign-in.password.locked.one' : 'features.sign-in.password.locked.other'
  return message(locale, key, { count: String(error.minutes) })
}

/** Password managers keep a password under the name in the same form; people have typed it already. */
export function userNameField(name: string): Part {
  return html`<input type="text" hidden name="username" value="${name}" autocomplete="username" readonly>`
}

export interface PasswordField {
  name: 'password' | 'new_password' | 'again'
  label: MessageKey
  fill: 'current-password' | 'new-password'
  error: string | undefined
  hint?: string
  hasFocus?: boolean
}

/** The button that shows what is typed comes with the script; without one there is nothing it could do. */
export function passwordField({ locale }: Step, { name, label, fill, error, hint, hasFocus = false }: PasswordField): Part {
  const told = described(name, { error, hint: hint !== undefined })
  return html`<div class="field"><label for="${name}">${message(locale, label)}</label>
${errorOf(name, error)}<input id="${name}" name="${name}" type="password" dir="auto" maxlength="${passwordFieldMax}" autocomplete="${fill}" autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go" required${hasFocus && html` autofocus`}${told}>
<button type="button" class="plain" data-reveals="${name}" data-hide="${message(locale, 'features.sign-in.password.hide')}" hidden>${message(locale, 'features.sign-in.password.show')}</button>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>
`
}
