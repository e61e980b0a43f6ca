import type { PhoneNumber } from '#server/domain/phone-number.ts'
import type { Stores } from '#server/system.ts'
import { failureKeys } from './charges.ts'

/** Lets a number be used again at once, for every purpose: somebody proved who they are another way, or an administrator says so. */
export async function endPause(
  { challenges, methodPauses }: Pick<Stores, 'challenges' | 'methodPauses'>,
  number: PhoneNumber,
): Promise<void> {
  await methodPauses.clearAll(failureKeys(challenges.indexOf(number)))
}
