import type { Locale } from '#contract/locale.ts'
import { bodyOf, type MailBody } from '#server/domain/letter.ts'
import type { Notice } from '#server/domain/notice.ts'
import { message } from '#server/locale.ts'
import { whatHappened, whenHappened, whoDidIt } from './notice-words.ts'

interface MailOf {
  locale: Locale
  organisation: string
  link: string
  host: string
  notice: Pick<Notice, 'change' | 'happenedAt'>
}

export function noticeMail({ locale, organisation, link, host, notice }: MailOf): MailBody & { subject: string } {
  const { change } = notice
  const what = whatHappened(locale, change)
  const names = { organisation, host, what, when: whenHappened(locale, notice, 'long') }
  const subject = message(locale, 'features.notices.mail.subject', names)
  const letter = {
    subject,
    greeting: message(locale, 'features.notices.mail.greeting'),
    before: [
      message(locale, 'features.notices.mail.happened', names),
      ...(change.detail === undefined ? [] : [message(locale, 'features.notices.mail.detail', { detail: change.detail })]),
      whoDidIt(locale, change),
      message(locale, 'features.notices.mail.fine'),
    ],
    link: { words: message(locale, 'features.notices.mail.not-me'), url: link },
    after: [message(locale, 'features.notices.mail.days')],
    foot: message(locale, 'features.notices.mail.foot', names),
  }
  return { subject, ...bodyOf(letter, locale) }
}
