import type { PhoneType } from './phone.ts'
import { countryOf, extensionIn, numberTypeOf, type PhoneNumber, parsePhoneNumber } from './phone-number.ts'
import { refuse } from './refusal.ts'

export interface GivenNumber {
  number: PhoneNumber
  extension: string | undefined
}

/** Numbers that earn somebody money by being called, and those that are nobody's in particular. */
const refusedTypes: ReadonlySet<string | undefined> = new Set(['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL'])

/** A number in any spelling that says its country, or is of this one. Only behind an office are there many desks, so only there an extension stays. */
export function readNumber(
  text: string,
  type: PhoneType,
  { property, country }: { property: string; country?: string | undefined },
): GivenNumber {
  const parsed = parsePhoneNumber(text, country)
  // Where the usual country does not fit, the number may be written as if dialled from anywhere.
  const found = parsed.kind === 'malformed' ? parsePhoneNumber(text) : parsed
  if (found.kind !== 'number') refuse('phone_number_invalid', { property })
  const { number } = found
  if (countryOf(number) === undefined || refusedTypes.has(numberTypeOf(number))) refuse('phone_number_kind', { property })
  return { number, extension: type === 'office' ? extensionIn(text) : undefined }
}
