import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'
import { type RegistrationWay, wayNames } from './register-frame.ts'

export interface RegisterOfferModel extends Step {
  way: RegistrationWay
  /** How often it can still be put off, this time included; undefined for always. */
  snoozesLeft: number | undefined
}

/** A campaign asks; both answers lead on. */
export function registerOfferView(model: RegisterOfferModel): Page {
  const { locale, organisationName, way, snoozesLeft } = model
  const heading = message(locale, 'features.sign-in.register.offer.heading')
  const left = snoozesLeft === 1 ? 'features.sign-in.register.offer.left.one' : 'features.sign-in.register.offer.left.other'
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.register.offer.text', { organisation: apart(organisationName) })}</p>
<ul class="list"><li>${message(locale, wayNames[way].intro)}</li></ul>
${form(model, [button(model, 'confirm', 'features.sign-in.next'), button(model, 'later', 'features.sign-in.register.offer.later', 'quiet')])}
${snoozesLeft !== undefined && html`<p class="soft">${message(locale, left, { count: String(snoozesLeft) })}</p>`}`
  return stepPage(model, heading, main)
}
