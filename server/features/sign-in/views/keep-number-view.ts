import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { form, type Step, stepPage } from './form.ts'

/** Asked once, of whoever has just proven the number. */
export function keepNumberView(model: Step): Page {
  const { locale } = model
  const heading = message(locale, 'features.sign-in.keep-number.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.keep-number.text')}</p>
${form(
  model,
  html`<button name="keep" value="yes">${message(locale, 'features.sign-in.keep-number.yes')}</button>
<button name="keep" value="no" class="quiet">${message(locale, 'features.sign-in.keep-number.no')}</button>`,
)}`
  return stepPage(model, heading, main)
}
