import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, stepPage } from './form.ts'
import { aboveHeading, belowForm, type RegistrationStep } from './register-frame.ts'

export type RegisterEmailError = keyof typeof errors

export interface RegisterEmailModel extends RegistrationStep {
  address: string
  error: RegisterEmailError | undefined
}

export const addressMaxLength = 254

const errors = {
  missing: 'features.sign-in.register.email.missing',
  malformed: 'features.sign-in.register.email.malformed',
  'too-many': 'features.sign-in.register.email.too-many',
  'slow-down': 'features.sign-in.slow-down',
} as const satisfies Record<string, MessageKey>

export function registerEmailView(model: RegisterEmailModel): Page {
  const { locale, address } = model
  const error = model.error && message(locale, errors[model.error])
  const heading = message(locale, 'features.sign-in.register.email.heading')
  const field = html`<div class="field"><label for="email">${message(locale, 'features.sign-in.register.email.label')}</label>
${errorOf('email', error)}<input id="email" name="email" type="email" dir="ltr" value="${address}" maxlength="${addressMaxLength}" autocomplete="email" autocapitalize="none" spellcheck="false" enterkeyhint="next" required autofocus${described('email', { error, hint: true })}>
<p class="hint" id="email-hint">${message(locale, 'features.sign-in.register.email.hint')}</p></div>
`
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.register.email.why')}</p>
${form(model, [field, button(model, 'next', 'features.sign-in.next')])}
${belowForm(model)}`
  return stepPage(model, heading, main, error !== undefined)
}
