import type { Locale } from '#contract/locale.ts'
import { gsm7Length, inGsm7 } from '#server/domain/gsm7.ts'
import type { Notice } from '#server/domain/notice.ts'
import { message } from '#server/locale.ts'
import { whatHappened, whenHappened } from './notice-words.ts'

const segment = 160
const nameMinLength = 4

interface TextOf {
  locale: Locale
  organisation: string
  link: string
  notice: Pick<Notice, 'change' | 'happenedAt'>
}

/** One message, whatever the organisation is called and wherever we live: the time gives way first, then the name; never the link. */
export function noticeText({ locale, organisation, link, notice }: TextOf): string {
  const what = whatHappened(locale, notice.change)
  const when = inGsm7(whenHappened(locale, notice, 'short'))
  const name = inGsm7(organisation).replaceAll(/\s+/g, ' ').trim()
  const write = (called: string, happened: string) =>
    message(locale, 'features.notices.text', { organisation: called, what: happened, link })
  for (const happened of [`${what}, ${when}`, what]) {
    const room = segment - (gsm7Length(write('', happened)) ?? segment)
    if (room >= nameMinLength) return write(cut(name, room), happened)
  }
  return message(locale, 'features.notices.text-short', { what, link })
}

function cut(name: string, room: number): string {
  let kept = ''
  for (const character of name) {
    if ((gsm7Length(kept + character) ?? segment) > room) break
    kept += character
  }
  return kept.trimEnd()
}
