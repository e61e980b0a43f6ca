import { html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, opening, otherWays, type Step, stepPage } from './form.ts'

export type IdentifyError = 'missing' | 'malformed' | 'too-long' | 'slow-down' | 'gone'

export interface IdentifyModel extends Step {
  /** The app that asked, when there is one to name. */
  appName: string | undefined
  /** What the person typed before, or what the app says in `login_hint`. */
  identifier: string
  error: IdentifyError | undefined
  /** What the organisation allows for signing in, in the reader's words. */
  ways: readonly string[]
}

export const identifierMaxLength = 128

const errors: Readonly<Record<IdentifyError, MessageKey>> = {
  missing: 'features.sign-in.identify.missing',
  malformed: 'features.sign-in.identify.malformed',
  'too-long': 'features.sign-in.identify.too-long',
  'slow-down': 'features.sign-in.slow-down',
  gone: 'features.sign-in.identify.gone',
}

export function identifyView(model: IdentifyModel): Page {
  const { locale, organisationName, appName, identifier, ways } = model
  const error = model.error && message(locale, errors[model.error])
  const main = html`<h1>${sentence(locale, 'features.sign-in.identify.heading', { organisation: apart(organisationName) })}</h1>
${appName !== undefined && html`<p class="lead">${sentence(locale, 'features.sign-in.identify.for-app', { app: apart(appName) })}</p>`}
${form(model, [identifierField(model, identifier, error), button(model, 'next', 'features.sign-in.next')])}
<p class="soft">${message(locale, 'features.sign-in.identify.reach')}</p>
<div class="more">${help(model)}${otherWays(model, ways)}</div>`
  return stepPage(model, message(locale, 'features.sign-in.title'), main, error !== undefined)
}

function identifierField({ locale }: Step, identifier: string, error: string | undefined): Part {
  return html`<div class="field"><label for="identifier">${message(locale, 'features.sign-in.identify.label')}</label>
${errorOf('identifier', error)}<input id="identifier" name="identifier" type="text" dir="auto" value="${identifier}" maxlength="${identifierMaxLength}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="next" required autofocus${described('identifier', { error })}></div>
`
}

function help({ locale }: Step): Part {
  const lines: readonly MessageKey[] = ['features.sign-in.help.number', 'features.sign-in.help.account', 'features.sign-in.help.phone']
  return opening(
    message(locale, 'features.sign-in.help.title'),
    html`<ul>${lines.map((line) => html`<li>${message(locale, line)}</li>`)}</ul>`,
  )
}
