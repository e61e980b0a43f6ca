import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'

export interface ConsentNeededModel extends Step {
  appName: string
  /** What it wants and nobody has allowed yet: names of scopes, as an administrator will look for them. */
  wants: readonly string[]
}

/** People cannot allow an app by themselves: a page that lets them is a page that talks them into it. */
export function consentNeededView(model: ConsentNeededModel): Page {
  const { locale, appName, organisationName, wants } = model
  const heading = message(locale, 'features.sign-in.consent.heading')
  const names = { app: apart(appName), organisation: apart(organisationName) }
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.consent.text', names)}</p>
<ul class="list">${wants.map((scope) => html`<li><code dir="ltr">${scope}</code></li>`)}</ul>
<p class="soft">${message(locale, 'features.sign-in.consent.advice')}</p>
${form(model, button(model, 'cancel', 'features.sign-in.consent.back'))}`
  return stepPage(model, heading, main)
}
