import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, form, stepPage } from './form.ts'
import { aboveHeading, belowForm, type RegistrationStep } from './register-frame.ts'

export type RegisterCallState = keyof typeof states

export interface RegisterCallModel extends RegistrationStep {
  /** The number as its owner typed it a moment ago. */
  called: string
  /** What to press before the hash key. */
  digit: string
  state: RegisterCallState
  /** Another call may be asked for. */
  canCallAgain: boolean
  /** It is a number they have already, and not one to choose. */
  isOwn?: boolean
}

const states = {
  ringing: 'features.sign-in.register.call.ringing',
  answered: 'features.sign-in.register.call.answered',
  passed: 'features.sign-in.register.call.passed',
  wrongKey: 'features.sign-in.register.call.wrong-key',
  hungUp: 'features.sign-in.register.call.hung-up',
  busy: 'features.sign-in.register.call.busy',
  noAnswer: 'features.sign-in.register.call.no-answer',
  failed: 'features.sign-in.register.call.failed',
  expired: 'features.sign-in.register.call.expired',
  'slow-down': 'features.sign-in.slow-down',
} as const satisfies Record<string, MessageKey>

const underWay: ReadonlySet<RegisterCallState> = new Set(['ringing', 'answered'])

/** While the phone rings this page asks for itself again every few seconds; its door says how often. */
export function registerCallView(model: RegisterCallModel): Page {
  const { locale, called, digit, state, canCallAgain } = model
  const isGood = underWay.has(state) || state === 'passed'
  const heading = message(locale, isGood ? 'features.sign-in.register.call.heading' : 'features.sign-in.register.call.not-yet')
  const told = html`<p class="${isGood ? 'notice' : 'error'}" role="status">${message(locale, states[state])}</p>`
  const press = html`<p class="lead">${sentence(locale, 'features.sign-in.register.call.press', { number: apart(called, 'ltr') })}</p>
<p class="digit"><bdi dir="ltr">${digit} #</bdi></p>`
  const main = html`${aboveHeading(model)}<h1>${heading}</h1>
${isGood && state !== 'passed' && press}${told}
${isGood && form(model, button(model, 'next', state === 'passed' ? 'features.sign-in.next' : 'features.sign-in.register.call.check'))}
${canCallAgain && form(model, button(model, 'resend', 'features.sign-in.register.call.again', isGood ? 'quiet' : ''))}
${model.isOwn !== true && form(model, button(model, 'back', 'features.sign-in.code.not-you', 'plain'))}
${belowForm(model)}`
  return stepPage(model, heading, main, !isGood)
}
