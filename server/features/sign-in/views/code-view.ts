import { type Html, html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, otherWays, type Step, stepPage } from './form.ts'
import type { AskedSecret } from './password-view.ts'

/** `wrong` leaves tries for this code; `over` needs a new code; `paused` is the budget of the number. */
export type CodeError =
  | { kind: 'missing' | 'malformed' | 'expired' | 'over' | 'paused' | 'slow-down' }
  | { kind: 'wrong'; triesLeft: number }

export interface CodeModel extends Step {
  /** The person's own number, masked: only after a proof has earned the right to see it. */
  maskedNumber: string | undefined
  /** What was typed, masked: the same whether anybody knows it here or not. */
  typedMasked: string
  error: CodeError | undefined
  /** The text was sent again just now. */
  isResent: boolean
  /** Seconds until it may be sent again; 0 for now, undefined for not in this sign-in any more. */
  resendInSeconds: number | undefined
  ways: readonly string[]
  /** What else could be typed in the place of a code: offered to everybody, or to nobody. */
  offers: AskedSecret | undefined
}

/** Room for six digits as people paste them: in groups, with a blank before and after. */
export const codeMaxLength = 12

export function codeView(model: CodeModel): Page {
  const { locale, maskedNumber, typedMasked, isResent, ways, offers } = model
  const error = model.error && codeErrorWords(model, model.error)
  const sent = maskedNumber === undefined ? 'features.sign-in.code.on-its-way' : 'features.sign-in.code.sent'
  const main = html`<h1>${message(locale, 'features.sign-in.code.heading')}</h1>
<p class="lead">${sentence(locale, sent, { number: apart(maskedNumber ?? typedMasked, 'ltr') })}</p>
<p class="notice" role="status">${isResent && message(locale, 'features.sign-in.code.resent')}</p>
${form(model, [codeField(model, error), goButton(model)])}
${resendForm(model)}
<div class="more">${otherWays(model, ways)}</div>
${offers !== undefined && form(model, button(model, 'password', offerWords[offers], 'plain'))}
${form(model, button(model, 'back', 'features.sign-in.code.not-you', 'plain'))}`
  return stepPage(model, message(locale, 'features.sign-in.code.heading'), main, error !== undefined)
}

const offerWords: Readonly<Record<AskedSecret, MessageKey>> = {
  password: 'features.sign-in.code.use-password',
  pass: 'features.sign-in.code.use-pass',
  either: 'features.sign-in.code.use-either',
}

/** How a code travelled; the pages call it by its name. */
export type SentBy = 'text' | 'mail'

const byWay: Readonly<Record<SentBy, Readonly<Record<'missing' | 'no-more' | 'resend-after' | 'resend-now', MessageKey>>>> = {
  text: {
    missing: 'features.sign-in.code.missing',
    'no-more': 'features.sign-in.code.no-more',
    'resend-after': 'features.sign-in.code.resend-after',
    'resend-now': 'features.sign-in.code.resend-now',
  },
  mail: {
    missing: 'features.sign-in.register.email.code-missing',
    'no-more': 'features.sign-in.register.email.no-more',
    'resend-after': 'features.sign-in.register.email.resend-after',
    'resend-now': 'features.sign-in.register.email.resend-now',
  },
}

const plainErrors: Readonly<Record<Exclude<CodeError['kind'], 'wrong' | 'missing'>, MessageKey>> = {
  malformed: 'features.sign-in.code.malformed',
  expired: 'features.sign-in.code.expired',
  over: 'features.sign-in.code.over',
  paused: 'features.sign-in.code.paused',
  'slow-down': 'features.sign-in.slow-down',
}

export function codeErrorWords({ locale }: Step, error: CodeError, sentBy: SentBy = 'text'): string {
  if (error.kind === 'missing') return message(locale, byWay[sentBy].missing)
  if (error.kind !== 'wrong') return message(locale, plainErrors[error.kind])
  const key = error.triesLeft === 1 ? 'features.sign-in.code.wrong.one' : 'features.sign-in.code.wrong.other'
  return message(locale, key, { count: String(error.triesLeft) })
}

export function codeField({ locale }: Step, error: string | undefined): Part {
  return html`<div class="field"><label for="code">${message(locale, 'features.sign-in.code.label')}</label>
${errorOf('code', error)}<input class="code" id="code" name="code" type="text" dir="ltr" inputmode="numeric" pattern="[0-9]*" maxlength="${codeMaxLength}" autocomplete="one-time-code" autocorrect="off" spellcheck="false" enterkeyhint="go" required autofocus${described('code', { error, hint: true })}>
<p class="hint" id="code-hint">${message(locale, 'features.sign-in.code.hint')}</p></div>
`
}

function goButton({ locale }: Step): Html {
  return html`<button id="go" name="do" value="next">${message(locale, 'features.sign-in.code.go')}</button>`
}

/** A form of its own, so that Enter in the code field never asks for another text. Without scripts the server keeps the waiting time. */
export function resendForm(model: Step & Pick<CodeModel, 'resendInSeconds'>, sentBy: SentBy = 'text'): Part {
  const { locale, resendInSeconds: seconds } = model
  const words = byWay[sentBy]
  if (seconds === undefined) return html`<p class="soft">${message(locale, words['no-more'])}</p>`
  const waits = html` data-wait="${seconds}" data-label="${message(locale, 'features.sign-in.code.resend-in')}" data-ready="${message(locale, words['resend-now'])}"`
  const told = message(locale, words[seconds > 0 ? 'resend-after' : 'resend-now'], { seconds: String(seconds) })
  return form(
    model,
    html`<p class="soft again" id="wait" role="status">${told}</p>
<button class="quiet" name="do" value="resend"${seconds > 0 && waits}>${message(locale, 'features.sign-in.code.resend')}</button>`,
  )
}
