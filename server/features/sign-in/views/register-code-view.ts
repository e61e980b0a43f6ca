import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { type CodeError, codeErrorWords, codeField, resendForm, type SentBy } from './code-view.ts'
import { button, form, stepPage } from './form.ts'
import { aboveHeading, belowForm, type RegistrationStep, type RegistrationWay } from './register-frame.ts'

export interface RegisterCodeModel extends RegistrationStep {
  way: RegistrationWay
  /** The number or address as its owner typed it a moment ago, so that a slip of the finger shows. */
  sentTo: string
  error: CodeError | undefined
  isResent: boolean
  resendInSeconds: number | undefined
  /** It is a number they have already, and not one to choose. */
  isOwn?: boolean
}

const sentBy: Readonly<Record<RegistrationWay, SentBy>> = { phone: 'text', email: 'mail' }
const sent: Readonly<Record<RegistrationWay, MessageKey>> = {
  phone: 'features.sign-in.code.sent',
  email: 'features.sign-in.register.email.sent',
}
const another: Readonly<Record<RegistrationWay, MessageKey>> = {
  phone: 'features.sign-in.code.not-you',
  email: 'features.sign-in.register.email.another',
}

export function registerCodeView(model: RegisterCodeModel): Page {
  const { locale, way, sentTo, isResent } = model
  const error = model.error && codeErrorWords(model, model.error, sentBy[way])
  const heading = message(locale, 'features.sign-in.code.heading')
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
<p class="lead">${sentence(locale, sent[way], { number: apart(sentTo, 'ltr') })}</p>
<p class="notice" role="status">${isResent && message(locale, 'features.sign-in.code.resent')}</p>
${form(model, [codeField(model, error), html`<button id="go" name="do" value="next">${message(locale, 'features.sign-in.next')}</button>`])}
${resendForm(model, sentBy[way])}
${model.isOwn !== true && form(model, button(model, 'back', another[way], 'plain'))}
${belowForm(model)}`
  return stepPage(model, heading, main, error !== undefined)
}
