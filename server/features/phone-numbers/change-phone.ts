import type { Caller } from '#server/domain/caller.ts'
import { getPhone, keepPhone } from '#server/domain/keep-phone.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { readNumber } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

interface WantedChange {
  type: PhoneType
  number: string | undefined
  /** Only to say it again: a number never becomes one of another type. */
  newType: PhoneType | undefined
  isMfaOnly: boolean
}

/** A new number is tried as a way to sign in once more, whatever became of the old one. */
export async function changePhone(system: Needs, caller: Caller, idOrName: string, wanted: WantedChange): Promise<void> {
  const { type, newType, isMfaOnly } = wanted
  const given = wanted.number === undefined ? undefined : readNumber(wanted.number, type)
  const isConflict = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    const before = (await getPhone(stores, user, type, now)) ?? refuse('object_not_found', { id: 'phoneMethod' })
    if (newType !== undefined && newType !== type) refuse('phone_type_stays', { property: 'phoneType' })
    if (!given) return false
    if (given.number === before.number) {
      // Who writes the same number again says that it is still theirs.
      await stores.phones.change(user.id, type, { extension: given.extension, confirmedAt: now }, now)
      if (given.extension === before.extension) return false
    }
    const after =
      given.number === before.number
        ? { ...before, extension: given.extension }
        : (await keepPhone(stores, user, { ...given, type, isMfaOnly }, now)).phone
    const details = { SmsSignInState: after.state }
    await recordNumber(stores, caller, user, 'updated', { before, after, details }, now)
    return after.state === 'phoneNumberNotUnique' && (await stores.settings.get()).strictConflict
  })
  if (isConflict) refuse('phone_number_not_unique', { property: 'phoneNumber' })
}
