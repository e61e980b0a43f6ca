import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'
import { type RegistrationWay, wayNames } from './register-frame.ts'

export interface RegisterIntroModel extends Step {
  appName: string
  /** What is missing, in the order it will be asked. */
  ways: readonly RegistrationWay[]
}

/** Says what is coming and why before anything is asked, and that it can be left: then nobody is signed in, and nothing was added. */
export function registerIntroView(model: RegisterIntroModel): Page {
  const { locale, appName, organisationName, ways } = model
  const heading = message(locale, 'features.sign-in.register.intro.heading')
  const names = { organisation: apart(organisationName), app: apart(appName) }
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.register.intro.text', names)}</p>
<ul class="list">${ways.map((way) => html`<li>${message(locale, wayNames[way].intro)}</li>`)}</ul>
${form(model, [button(model, 'confirm', 'features.sign-in.next'), button(model, 'cancel', 'features.sign-in.register.stop', 'plain')])}
<p class="soft">${message(locale, 'features.sign-in.identify.reach')}</p>`
  return stepPage(model, heading, main)
}
