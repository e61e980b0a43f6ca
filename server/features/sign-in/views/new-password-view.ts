import type { PasswordProblem, PasswordRules } from '#server/domain/password-policy.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'
import { passwordField, userNameField } from './password-view.ts'
import { revealing } from './script.ts'

export type NewPasswordError = 'missing' | 'different' | PasswordProblem | 'password_not_new'

export interface NewPasswordModel extends Step {
  userName: string
  rules: PasswordRules
  error: NewPasswordError | undefined
}

/** For somebody whose password was another's choice. */
export function newPasswordView(model: NewPasswordModel): Page {
  const { locale, userName, rules, error } = model
  const told = error && wordsFor(model, error)
  const heading = message(locale, 'features.sign-in.new-password.heading')
  const isOfRepetition = error === 'different'
  const hint = message(locale, 'features.sign-in.new-password.hint', { min: String(rules.minLength) })
  const first = { name: 'new_password', label: 'features.sign-in.new-password.label', fill: 'new-password', hint } as const
  const second = { name: 'again', label: 'features.sign-in.new-password.again', fill: 'new-password' } as const
  const main = html`<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.new-password.text')}</p>
${form(model, [
  userNameField(userName),
  passwordField(model, { ...first, error: isOfRepetition ? undefined : told, hasFocus: !isOfRepetition }),
  passwordField(model, { ...second, error: isOfRepetition ? told : undefined, hasFocus: isOfRepetition }),
  html`<button name="do" value="next">${message(locale, 'features.sign-in.new-password.go')}</button>`,
])}
${form(model, button(model, 'back', 'features.sign-in.password.not-you', 'plain'))}`
  return stepPage(model, heading, main, error !== undefined, revealing)
}

function wordsFor({ locale, rules }: NewPasswordModel, error: NewPasswordError): string {
  if (error === 'missing') return message(locale, 'features.sign-in.new-password.missing')
  if (error === 'different') return message(locale, 'features.sign-in.new-password.different')
  return message(locale, `refusals.${error}`, { min: String(rules.minLength) })
}
