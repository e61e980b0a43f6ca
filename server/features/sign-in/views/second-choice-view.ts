import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import type { PhoneFactor } from '../rules.ts'
import { errorOf, form, stepPage } from './form.ts'
import { aboveSecond, belowSecond, type SecondStep } from './second-frame.ts'

export interface SecondChoiceModel extends SecondStep {
  appName: string
  /** What there is, first what is usual for this person; numbers are masked. */
  ways: readonly { way: PhoneFactor; number: string }[]
  error: 'slow-down' | undefined
}

const labels: Readonly<Record<PhoneFactor, MessageKey>> = {
  sms: 'features.sign-in.second.choice.text',
  voiceMobile: 'features.sign-in.second.choice.call',
  voiceAlternateMobile: 'features.sign-in.second.choice.call-alternate',
  voiceOffice: 'features.sign-in.second.choice.call-office',
}

/** Nothing is sent before a button is pressed, so that this page can be opened, reloaded and left at no cost to anybody. */
export function secondChoiceView(model: SecondChoiceModel): Page {
  const { locale, appName, ways } = model
  const heading = message(locale, 'features.sign-in.second.choice.heading')
  const error = model.error && message(locale, 'features.sign-in.slow-down')
  const buttons = ways.map(
    ({ way, number }, place) =>
      html`<button name="way" value="${way}" class="${place > 0 && 'quiet'}">${sentence(locale, labels[way], { number: apart(number, 'ltr') })}</button>
`,
  )
  const main = html`${aboveSecond(model)}<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.second.choice.why', { app: apart(appName) })}</p>
${errorOf('way', error)}${form(model, buttons)}
${belowSecond(model, { intent: 'back', label: 'features.sign-in.accounts.another' })}`
  return stepPage(model, heading, main, error !== undefined)
}
