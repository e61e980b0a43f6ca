import type { Caller } from '#server/domain/caller.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { countryOf, graphNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import { Refusal } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { reasonAgainst } from './causes.ts'
import { type Cause, CauseFinder } from './find-cause.ts'
import { Permits } from './permits.ts'
import { factsOf } from './read-security-info.ts'

export type CheckedNumber =
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'number'; number: PhoneNumber; shown: string; country: string | undefined; cause: Cause | undefined }

/** Whether a number could be given, asked while it is typed. Whether it is another's is not asked here: that is answered, and written down, when it is given. */
export async function checkNumber(
  system: System,
  caller: Caller,
  idOrName: string,
  { text, type }: { text: string; type: PhoneType },
): Promise<CheckedNumber> {
  const user = await getPersonToManage(system, caller, idOrName, system.now())
  const read = readOrRefusal(text, type)
  if (read instanceof Refusal) return { kind: 'refused', refusal: read }
  const { number, extension } = read
  const facts = await factsOf(system, user.id)
  const permits = new Permits(caller, await system.authority.targetOf(user.id), system.now())
  const causes = new CauseFinder(system, { caller, permits, facts })
  const cause = type === 'mobile' ? await causes.find(reasonAgainst(facts, number)) : undefined
  return { kind: 'number', number, shown: graphNumber(number, extension), country: countryOf(number), cause }
}

function readOrRefusal(text: string, type: PhoneType) {
  try {
    return readNumber(text, type, { property: 'phoneNumber' })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
