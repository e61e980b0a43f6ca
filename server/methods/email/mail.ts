import type { Locale } from '#contract/locale.ts'
import { codeLifeMs } from '#server/domain/challenge.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import { bodyOf, type MailBody } from '#server/domain/letter.ts'
import { message } from '#server/locale.ts'

export interface MailOf {
  locale: Locale
  organisation: string
  code: string
  purpose: CodePurpose
  publicUrl: string
}

/** The subject tells what it is and never the code: phones show subjects to whoever looks at them, locked or not. */
export function mailOf({ locale, organisation, code, purpose, publicUrl }: MailOf): MailBody & { subject: string } {
  const names = { organisation, host: new URL(publicUrl).host, minutes: String(codeLifeMs.email / 60_000) }
  const why =
    purpose === 'password-reset' ? message(locale, 'methods.email.to-reset', names) : message(locale, 'methods.email.to-add', names)
  const letter = {
    subject: message(locale, 'methods.email.subject', names),
    greeting: message(locale, 'methods.email.greeting'),
    before: [why],
    code,
    after: [message(locale, 'methods.email.care', names)],
    foot: message(locale, 'methods.email.foot', names),
  }
  return { subject: letter.subject, ...bodyOf(letter, locale) }
}
