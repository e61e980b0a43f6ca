import type { Locale } from '#contract/locale.ts'
import { gsm7Length, inGsm7 } from '#server/domain/gsm7.ts'
import { message } from '#server/locale.ts'

const segment = 160
const nameMinLength = 6

interface TextOf {
  locale: Locale
  organisation: string
  manager: string
  link: string
}

/** One message, however long the names are: first the organisation's gives way, then the manager's; never the link. */
export function callBackText({ locale, organisation, manager, link }: TextOf): string {
  const names = [organisation, manager].map((name) => inGsm7(name).replaceAll(/\s+/g, ' ').trim())
  const [house = '', person = ''] = names
  const write = (called: string, who: string) => message(locale, 'features.staff.text', { organisation: called, manager: who, link })
  const room = segment - (gsm7Length(write('', '')) ?? segment)
  const forPerson = Math.max(nameMinLength, room - nameMinLength)
  const who = cut(person, forPerson)
  return write(cut(house, Math.max(nameMinLength, room - (gsm7Length(who) ?? 0))), who)
}

function cut(name: string, room: number): string {
  let kept = ''
  for (const character of name) {
    if ((gsm7Length(kept + character) ?? segment) > room) break
    kept += character
  }
  return kept.trimEnd()
}
