import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { form, stepPage } from './form.ts'
import { type PasswordError, passwordErrorWords, passwordField, userNameField } from './password-view.ts'
import { revealing } from './script.ts'
import { aboveSecond, belowSecond, type SecondStep } from './second-frame.ts'

export interface SecondPasswordModel extends SecondStep {
  appName: string
  /** Whose it is; whoever is here has proven to be them by one factor. */
  userName: string
  error: PasswordError | undefined
}

/** There is no other way to go from here than the password, and no name that might be wrong. */
function wordsFor(model: SecondPasswordModel, error: PasswordError): string {
  const { locale } = model
  if (error.kind === 'wrong') return message(locale, 'features.sign-in.second.password.wrong')
  if (error.kind !== 'locked') return passwordErrorWords(model, error)
  const key = error.minutes === 1 ? 'features.sign-in.second.password.locked.one' : 'features.sign-in.second.password.locked.other'
  return message(locale, key, { count: String(error.minutes) })
}

export function secondPasswordView(model: SecondPasswordModel): Page {
  const { locale, appName, userName } = model
  const error = model.error && wordsFor(model, model.error)
  const heading = message(locale, 'features.sign-in.second.password.heading')
  const main = html`${aboveSecond(model)}<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.second.password.why', { app: apart(appName), name: apart(userName) })}</p>
${form(model, [
  userNameField(userName),
  passwordField(model, { name: 'password', label: 'features.sign-in.password.label', fill: 'current-password', error, hasFocus: true }),
  html`<button name="do" value="next">${message(locale, 'features.sign-in.password.go')}</button>`,
])}
${belowSecond(model, { intent: 'back', label: 'features.sign-in.accounts.another' })}`
  return stepPage(model, heading, main, error !== undefined, revealing)
}
