import type { Locale } from '#contract/locale.ts'
import { codeLifeMs } from '#server/domain/challenge.ts'
import { gsm7Length, inGsm7 } from '#server/domain/gsm7.ts'
import { message } from '#server/locale.ts'

const segment = 160
const nameMinLength = 8

export interface TextOf {
  locale: Locale
  organisation: string
  code: string
  publicUrl: string
}

/**
 * One message, whatever the organisation is called. Its last line ties the code to our address (`@host #code`, the origin-bound form of
 * WICG), so that a browser offers it there and nowhere else.
 */
export function textOf({ locale, organisation, code, publicUrl }: TextOf): string {
  const bound = `\n\n@${new URL(publicUrl).hostname} #${code}`
  const write = (name: string) =>
    message(locale, 'methods.sms.text', { organisation: name, code, minutes: String(codeLifeMs.sms / 60_000) })
  const name = inGsm7(organisation).replaceAll(/\s+/g, ' ').trim()
  const room = segment - (gsm7Length(write('')) ?? segment)
  const withLine = room - (gsm7Length(bound) ?? segment)
  // A very long host leaves no room for both; the sentence is what a person needs, and the line only helps the browser.
  return withLine >= nameMinLength ? write(cut(name, withLine)) + bound : write(cut(name, room))
}

function cut(name: string, room: number): string {
  let kept = ''
  for (const character of name) {
    if ((gsm7Length(kept + character) ?? segment) > room) return kept.trimEnd()
    kept += character
  }
  return kept
}
