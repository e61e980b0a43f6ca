import { html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, otherWays, type Step, stepPage } from './form.ts'
import { revealing } from './script.ts'

/** What the organisation lets people type here. It asks everybody the same, so that nobody learns by it who has what. */
export type AskedSecret = 'password' | 'pass' | 'either'

/** The last four are told of the right pass alone. */
export type PasswordError =
  | { kind: 'missing' | 'wrong' | 'expired' | 'slow-down' | 'pass-expired' | 'pass-used' | 'pass-not-yet' | 'pass-not-allowed' }
  | { kind: 'locked'; minutes: number }

export interface PasswordModel extends Step {
  /** What was typed a page ago, for the browser's password manager. */
  typed: string
  typedMasked: string
  error: PasswordError | undefined
  ways: readonly string[]
  asks: AskedSecret
}

/** Room for the longest password there can be, in letters that take four bytes. */
export const passwordFieldMax = 512

export function passwordView(model: PasswordModel): Page {
  const { locale, typed, typedMasked, ways, asks } = model
  const words = wordsFor[asks]
  const error = model.error && passwordErrorWords(model, model.error, asks)
  const heading = message(locale, words.heading)
  const hint = words.hint && message(locale, words.hint)
  const main = html`<h1>${heading}</h1>
<p class="lead">${sentence(locale, 'features.sign-in.password.for', { name: apart(typedMasked) })}</p>
${form(model, [
  userNameField(typed),
  passwordField(model, { name: 'password', label: words.label, hint, fill: words.fill, error, hasFocus: true, reveals: words.reveals }),
  html`<button name="do" value="next">${message(locale, 'features.sign-in.password.go')}</button>`,
])}
${form(model, button(model, 'text', 'features.sign-in.password.text-me', 'quiet'))}
<div class="more">${otherWays(model, ways)}</div>
${form(model, button(model, 'back', 'features.sign-in.password.not-you', 'plain'))}`
  return stepPage(model, heading, main, error !== undefined, revealing)
}

const passwordReveals = { show: 'features.sign-in.password.show', hide: 'features.sign-in.password.hide' } as const
const passReveals = { show: 'features.sign-in.pass.show', hide: 'features.sign-in.pass.hide' } as const
const passLocked = { one: 'features.sign-in.pass.locked.one', other: 'features.sign-in.pass.locked.other' } as const

interface SecretWords extends Readonly<Record<'heading' | 'label' | 'missing' | 'wrong', MessageKey>> {
  hint?: MessageKey
  fill: 'current-password' | 'off'
  reveals: Readonly<Record<'show' | 'hide', MessageKey>>
  locked: Readonly<Record<'one' | 'other', MessageKey>>
}

const wordsFor: Readonly<Record<AskedSecret, SecretWords>> = {
  password: {
    heading: 'features.sign-in.password.heading',
    label: 'features.sign-in.password.label',
    missing: 'features.sign-in.password.missing',
    wrong: 'features.sign-in.password.wrong',
    fill: 'current-password',
    reveals: passwordReveals,
    locked: { one: 'features.sign-in.password.locked.one', other: 'features.sign-in.password.locked.other' },
  },
  pass: {
    heading: 'features.sign-in.pass.heading',
    label: 'features.sign-in.pass.label',
    hint: 'features.sign-in.pass.hint',
    missing: 'features.sign-in.pass.missing',
    wrong: 'features.sign-in.pass.wrong',
    fill: 'off',
    reveals: passReveals,
    locked: passLocked,
  },
  either: {
    heading: 'features.sign-in.pass.either-heading',
    label: 'features.sign-in.pass.either-label',
    hint: 'features.sign-in.pass.either-hint',
    missing: 'features.sign-in.pass.either-missing',
    wrong: 'features.sign-in.pass.either-wrong',
    fill: 'current-password',
    reveals: passReveals,
    locked: passLocked,
  },
}

const plainErrors: Readonly<Record<Exclude<PasswordError['kind'], 'locked' | 'missing' | 'wrong'>, MessageKey>> = {
  expired: 'features.sign-in.password.expired',
  'slow-down': 'features.sign-in.slow-down',
  'pass-expired': 'features.sign-in.pass.expired',
  'pass-used': 'features.sign-in.pass.used',
  'pass-not-yet': 'features.sign-in.pass.not-yet',
  'pass-not-allowed': 'features.sign-in.pass.not-allowed',
}

export function passwordErrorWords({ locale }: Step, error: PasswordError, asks: AskedSecret = 'password'): string {
  const words = wordsFor[asks]
  if (error.kind === 'missing' || error.kind === 'wrong') return message(locale, words[error.kind])
  if (error.kind !== 'locked') return message(locale, plainErrors[error.kind])
  return message(locale, error.minutes === 1 ? words.locked.one : words.locked.other, { count: String(error.minutes) })
}

/** Password managers keep a password under the name in the same form; people have typed it already. */
export function userNameField(name: string): Part {
  return html`<input type="text" hidden name="username" value="${name}" autocomplete="username" readonly>`
}

export interface PasswordField {
  name: 'password' | 'new_password' | 'again'
  label: MessageKey
  fill: 'current-password' | 'new-password' | 'off'
  error: string | undefined
  hint?: string | undefined
  hasFocus?: boolean
  reveals?: SecretWords['reveals']
}

/** The button that shows what is typed comes with the script; without one there is nothing it could do. */
export function passwordField({ locale }: Step, field: PasswordField): Part {
  const { name, label, fill, error, hint, hasFocus = false, reveals = passwordReveals } = field
  const told = described(name, { error, hint: hint !== undefined })
  return html`<div class="field"><label for="${name}">${message(locale, label)}</label>
${errorOf(name, error)}<input id="${name}" name="${name}" type="password" dir="auto" maxlength="${passwordFieldMax}" autocomplete="${fill}" autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go" required${hasFocus && html` autofocus`}${told}>
<button type="button" class="plain" data-reveals="${name}" data-hide="${message(locale, reveals.hide)}" hidden>${message(locale, reveals.show)}</button>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>
`
}
