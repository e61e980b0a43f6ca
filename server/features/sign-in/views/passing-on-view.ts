import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'

export interface PassingOnModel extends Setting {
  action: string
  fields: readonly (readonly [name: string, value: string])[]
}

/** Seen for a moment, or until the button is pressed where no script runs. Nothing here may be called `submit`: the script calls that. */
export function passingOnView(model: PassingOnModel): Page {
  const { locale, action, fields } = model
  const title = message(locale, 'features.sign-in.passing-on.title')
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.sign-in.passing-on.text')}</p>
<form method="post" action="${action}">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button>${message(locale, 'features.sign-in.next')}</button></form>`
  return { ...brandedPage(model, { title, main }), script: html`document.forms[0].submit()` }
}
