import { type Html, html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { type Country, countryField, numberField } from './country-view.ts'
import { button, form, type Step, stepPage } from './form.ts'
import { aboveHeading, belowForm, type RegistrationStep } from './register-frame.ts'

export type Channel = 'sms' | 'voice'

export type RegisterPhoneError = keyof typeof errors

export interface RegisterPhoneModel extends RegistrationStep {
  countries: readonly Country[]
  chosen: string | undefined
  national: string
  /** How the number may be reached, as policy allows. */
  channels: readonly Channel[]
  channel: Channel
  error: RegisterPhoneError | undefined
}

const errors = {
  missing: 'features.sign-in.country.missing',
  malformed: 'features.sign-in.country.malformed',
  'wrong-kind': 'features.sign-in.register.phone.wrong-kind',
  'country-closed': 'features.sign-in.register.phone.country-closed',
  taken: 'features.sign-in.register.phone.taken',
  'too-many': 'features.sign-in.register.phone.too-many',
  'slow-down': 'features.sign-in.slow-down',
} as const satisfies Record<string, MessageKey>

const channelNames: Readonly<Record<Channel, MessageKey>> = {
  sms: 'features.sign-in.register.phone.text',
  voice: 'features.sign-in.register.phone.call',
}

export function registerPhoneView(model: RegisterPhoneModel): Page {
  const { locale, channels } = model
  const error = model.error && message(locale, errors[model.error])
  const heading = message(locale, 'features.sign-in.register.phone.heading')
  const how = channels.length > 1 ? channelField(model) : onlyChannel(model, channels[0] ?? 'sms')
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.register.phone.why')}</p>
${form(model, [countryField(model), numberField(model, error), how, button(model, 'next', 'features.sign-in.next')])}
<p class="soft">${message(locale, 'features.sign-in.identify.reach')}</p>
${belowForm(model)}`
  return stepPage(model, heading, main, error !== undefined)
}

function channelField({ locale, channels, channel }: RegisterPhoneModel): Html {
  return html`<fieldset><legend>${message(locale, 'features.sign-in.register.phone.how')}</legend>
${channels.map((each) => html`<p class="option"><input type="radio" id="by-${each}" name="channel" value="${each}"${each === channel && html` checked`}><label for="by-${each}">${message(locale, channelNames[each])}</label></p>`)}</fieldset>
`
}

function onlyChannel({ locale }: Step, channel: Channel): Part {
  const key = channel === 'sms' ? 'features.sign-in.register.phone.only-text' : 'features.sign-in.register.phone.only-call'
  return html`<p class="soft">${message(locale, key)}</p>
`
}
