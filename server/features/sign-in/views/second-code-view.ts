import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { type CodeError, codeErrorWords, codeField, resendForm } from './code-view.ts'
import { form, stepPage } from './form.ts'
import { aboveSecond, belowSecond, type SecondStep } from './second-frame.ts'

export interface SecondCodeModel extends SecondStep {
  /** Masked: whoever is here has proven one factor, and not that the phone is theirs. */
  sentTo: string
  error: CodeError | undefined
  isResent: boolean
  resendInSeconds: number | undefined
}

export function secondCodeView(model: SecondCodeModel): Page {
  const { locale, sentTo, isResent } = model
  const error = model.error && codeErrorWords(model, model.error)
  const heading = message(locale, 'features.sign-in.code.heading')
  const main = html`${aboveSecond(model)}<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.code.sent', { number: apart(sentTo, 'ltr') })}</p>
<p class="notice" role="status">${isResent && message(locale, 'features.sign-in.code.resent')}</p>
${form(model, [codeField(model, error), html`<button id="go" name="do" value="next">${message(locale, 'features.sign-in.code.go')}</button>`])}
${resendForm(model)}
${belowSecond(model)}`
  return stepPage(model, heading, main, error !== undefined)
}
