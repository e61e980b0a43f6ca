import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'

export interface SignOutModel extends Step {
  /** The app has shown whose session it means; otherwise any page on the web could sign people out. */
  isProven: boolean
}

/** Presses the button for whoever has scripts. */
const atOnce = html`document.querySelector('[value=confirm]').click()`

export function signOutView(model: SignOutModel): Page {
  const { locale, organisationName, isProven } = model
  const heading = message(locale, 'features.sign-in.sign-out.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.sign-out.text', { organisation: apart(organisationName) })}</p>
${form(model, [button(model, 'confirm', 'features.sign-in.sign-out.yes'), button(model, 'everywhere', 'features.sign-in.sign-out.everywhere', 'quiet'), button(model, 'cancel', 'features.sign-in.sign-out.no', 'plain')])}`
  const page = stepPage(model, heading, main)
  return isProven ? { ...page, script: atOnce } : page
}

export interface SignedOutModel extends Setting {
  /** Back to the app, at an address it registered. */
  onward: { href: string; name: string } | undefined
}

export function signedOutView(model: SignedOutModel): Page {
  const { locale, organisationName, onward } = model
  const title = message(locale, 'features.sign-in.sign-out.done')
  const main = html`<h1>${title}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.sign-out.done-text', { organisation: apart(organisationName) })}</p>
${onward && html`<a class="button" href="${onward.href}">${message(locale, 'features.sign-in.onward', { name: onward.name })}</a>`}`
  return brandedPage(model, { title, main })
}
