import type { PhoneType } from '#server/domain/phone.ts'
import { countryOf, extensionIn, numberTypeOf, type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'

export interface GivenNumber {
  number: PhoneNumber
  extension: string | undefined
}

/** Numbers that earn somebody money by being called, and those that are nobody's in particular. */
const refusedTypes: ReadonlySet<string | undefined> = new Set(['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL'])

/** A number in any spelling that says its country. Only behind an office are there many desks, so only there an extension stays. */
export function readNumber(text: string, type: PhoneType): GivenNumber {
  const parsed = parsePhoneNumber(text)
  if (parsed.kind !== 'number') refuse('phone_number_invalid', { property: 'phoneNumber' })
  const { number } = parsed
  if (countryOf(number) === undefined || refusedTypes.has(numberTypeOf(number))) refuse('phone_number_kind', { property: 'phoneNumber' })
  return { number, extension: type === 'office' ? extensionIn(text) : undefined }
}
