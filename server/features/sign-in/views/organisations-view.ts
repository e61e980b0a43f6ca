import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'

export interface OrganisationsModel extends Step {
  /** Shown only to who has proved the number: the list tells where somebody works. */
  organisations: readonly { id: string; displayName: string; domain: string }[]
}

export function organisationsView(model: OrganisationsModel): Page {
  const { locale, organisations } = model
  const heading = message(locale, 'features.sign-in.organisations.heading')
  const choices = organisations.map(({ id, displayName, domain }) => {
    return html`<li><button class="choice" name="organisation" value="${id}"><bdi>${displayName}</bdi><span><bdi>${domain}</bdi></span></button></li>`
  })
  const main = html`<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.organisations.text')}</p>
${form(model, [html`<ul class="choices">${choices}</ul>`, button(model, 'back', 'features.sign-in.code.not-you', 'plain')])}`
  return stepPage(model, heading, main)
}
