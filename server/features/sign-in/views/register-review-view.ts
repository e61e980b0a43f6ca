import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, stepPage } from './form.ts'
import { aboveHeading, type RegistrationStep, type RegistrationWay, wayNames } from './register-frame.ts'

export interface RegisterReviewModel extends RegistrationStep {
  /** What was set up just now, with the number or address masked: the screen may be seen by others. */
  added: readonly { way: RegistrationWay; masked: string }[]
}

export function registerReviewView(model: RegisterReviewModel): Page {
  const { locale, added } = model
  const heading = message(locale, 'features.sign-in.register.review.heading')
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.register.review.text')}</p>
<ul class="list">${added.map(({ way, masked }) => html`<li>${message(locale, wayNames[way].name)} ${apart(masked, 'ltr')}</li>`)}</ul>
${form(model, button(model, 'next', 'features.sign-in.register.review.done'))}
<p class="soft">${message(locale, 'features.sign-in.register.review.later')}</p>`
  return stepPage(model, heading, main)
}
