import { html, type Part } from '#server/http/html.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, form, type Step } from './form.ts'

export type CallState = keyof typeof states

export interface CallModel extends Step {
  /** The number, as far as whoever is here may see it. */
  called: string
  /** What to press before the hash key. */
  digit: string
  state: CallState
  /** Another call may be asked for. */
  canCallAgain: boolean
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

const underWay: ReadonlySet<CallState> = new Set(['ringing', 'answered'])

/** What a page shows of a call. While the phone rings it asks for itself again every few seconds; its door says how often. */
export function callParts(model: CallModel): { heading: string; isGood: boolean; main: Part } {
  const { locale, called, digit, state, canCallAgain } = model
  const isGood = underWay.has(state) || state === 'passed'
  const heading = message(locale, isGood ? 'features.sign-in.register.call.heading' : 'features.sign-in.register.call.not-yet')
  const told = html`<p class="${isGood ? 'notice' : 'error'}" role="status">${message(locale, states[state])}</p>`
  const press = html`<p class="lead">${sentence(locale, 'features.sign-in.register.call.press', { number: apart(called, 'ltr') })}</p>
<p class="digit"><bdi dir="ltr">${digit} #</bdi></p>`
  const main = html`<h1>${heading}</h1>
${isGood && state !== 'passed' && press}${told}
${isGood && form(model, button(model, 'next', state === 'passed' ? 'features.sign-in.next' : 'features.sign-in.register.call.check'))}
${canCallAgain && form(model, button(model, 'resend', 'features.sign-in.register.call.again', isGood ? 'quiet' : ''))}`
  return { heading, isGood, main }
}
