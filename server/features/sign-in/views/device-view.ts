import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, type Step, stepPage } from './form.ts'

export type DeviceCodeError = 'missing' | 'unknown' | 'slow-down'

export interface DeviceCodeModel extends Step {
  userCode: string
  error: DeviceCodeError | undefined
}

const errors: Readonly<Record<DeviceCodeError, MessageKey>> = {
  missing: 'features.sign-in.device.missing',
  unknown: 'features.sign-in.device.unknown',
  'slow-down': 'features.sign-in.slow-down',
}

/** Where a television or a till sends its user: the code it shows is typed on a phone. */
export function deviceCodeView(model: DeviceCodeModel): Page {
  const { locale, userCode } = model
  const heading = message(locale, 'features.sign-in.device.heading')
  const error = model.error && message(locale, errors[model.error])
  const field = html`<div class="field"><label for="user_code">${message(locale, 'features.sign-in.device.label')}</label>
${errorOf('user_code', error)}<input class="code letters" id="user_code" name="user_code" type="text" dir="ltr" value="${userCode}" maxlength="16" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" enterkeyhint="next" required autofocus${described('user_code', { error, hint: true })}>
<p class="hint" id="user_code-hint">${message(locale, 'features.sign-in.device.hint')}</p></div>
`
  const main = html`<h1>${heading}</h1>
${form(model, [field, button(model, 'next', 'features.sign-in.next')])}`
  return stepPage(model, heading, main, error !== undefined)
}

export interface DeviceConfirmModel extends Step {
  appName: string
  userCode: string
}

/** A code of somebody else's device can be sent to anybody as bait, so this page asks before anything is proved. */
export function deviceConfirmView(model: DeviceConfirmModel): Page {
  const { locale, appName, userCode } = model
  const heading = message(locale, 'features.sign-in.device.confirm')
  const shown = { app: apart(appName), code: apart(userCode, 'ltr') }
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.device.shows', shown)}</p>
<p>${message(locale, 'features.sign-in.device.warning')}</p>
${form(model, [
  html`<input type="hidden" name="user_code" value="${userCode}">`,
  button(model, 'confirm', 'features.sign-in.device.yes'),
  button(model, 'cancel', 'features.sign-in.device.no', 'quiet'),
])}`
  return stepPage(model, heading, main)
}
