import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { form, type Step, stepPage } from './form.ts'

/** Two answers of the same size, and the careful one takes nobody's time either. */
export function staySignedInView(model: Step): Page {
  const { locale } = model
  const heading = message(locale, 'features.sign-in.stay.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.stay.text')}</p>
${form(
  model,
  html`<button name="stay" value="yes">${message(locale, 'features.sign-in.stay.yes')}</button>
<button name="stay" value="no" class="quiet">${message(locale, 'features.sign-in.stay.no')}</button>`,
)}`
  return stepPage(model, heading, main)
}
