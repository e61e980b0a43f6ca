import type { Caller } from './caller.ts'
import { missingFor } from './permissions.ts'
import { graphNumber, maskedForLog, type PhoneNumber } from './phone-number.ts'
import { seesWholeNumbers } from './read-methods.ts'

/** Everybody's numbers at once are for those who see anybody's. */
export function seesNumbers(caller: Caller, now: Date): boolean {
  const anybody = { id: '', roles: [], inRoleAssignableGroup: false, unitIds: [], restrictedUnitIds: [] }
  return missingFor(caller, 'phones.read', now) === undefined && seesWholeNumbers(caller, anybody, now)
}

export function shownNumber(number: PhoneNumber, isWhole: boolean): string {
  return isWhole ? graphNumber(number) : maskedForLog(number)
}
