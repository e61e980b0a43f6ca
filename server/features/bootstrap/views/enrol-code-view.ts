import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { described, errorOf } from './enrol-view.ts'

export type EnrolCodeError = { kind: 'missing' | 'over' | 'slow-down' } | { kind: 'wrong'; triesLeft: number }

export interface EnrolCodeModel extends Setting {
  action: string
  /** As its owner typed it a moment ago, so that a slip of the finger shows. */
  number: string
  isResent: boolean
  canResend: boolean
  error: EnrolCodeError | undefined
}

const codeMax = 12

export function enrolCodeView(model: EnrolCodeModel): Page {
  const { locale, action, number, isResent, canResend } = model
  const title = message(locale, 'features.sign-in.code.heading')
  const error = model.error && wordsFor(model, model.error)
  const hint = message(locale, 'features.sign-in.code.hint')
  const main = html`<h1>${title}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.code.sent', { number: apart(number, 'ltr') })}</p>
<p class="notice" role="status">${isResent && message(locale, 'features.sign-in.code.resent')}</p>
<form method="post" action="${action}" novalidate>
<div class="field"><label for="code">${message(locale, 'features.sign-in.code.label')}</label>
${errorOf('code', error)}<input class="code" id="code" name="code" type="text" dir="ltr" inputmode="numeric" maxlength="${codeMax}" autocomplete="one-time-code" spellcheck="false" required autofocus${described('code', error, hint)}>
<p class="hint" id="code-hint">${hint}</p></div>
<button name="do" value="confirm">${message(locale, 'features.bootstrap.go')}</button>
</form>
<form method="post" action="${action}">${canResend && html`<button class="quiet" name="do" value="resend">${message(locale, 'features.sign-in.code.resend')}</button>`}
<button class="plain" name="do" value="back">${message(locale, 'features.sign-in.register.back')}</button></form>`
  const page = brandedPage(model, { title, main, languagesAt: action })
  return model.error ? { ...page, status: model.error.kind === 'slow-down' ? 429 : 400 } : page
}

const plain = {
  missing: 'features.sign-in.code.missing',
  over: 'features.sign-in.code.over',
  'slow-down': 'features.sign-in.slow-down',
} as const satisfies Record<string, MessageKey>

function wordsFor({ locale }: EnrolCodeModel, error: EnrolCodeError): string {
  if (error.kind !== 'wrong') return message(locale, plain[error.kind])
  const key = error.triesLeft === 1 ? 'features.sign-in.code.wrong.one' : 'features.sign-in.code.wrong.other'
  return message(locale, key, { count: String(error.triesLeft) })
}
