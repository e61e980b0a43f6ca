import type { Caller } from '#server/domain/caller.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { getOwned, replaceNumber } from '#server/domain/manage-phone.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

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
  const given = wanted.number === undefined ? undefined : readNumber(wanted.number, type, { property: 'phoneNumber' })
  const isConflict = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    const before = await getOwned(stores, { user, now }, type)
    if (newType !== undefined && newType !== type) refuse('phone_type_stays', { property: 'phoneType' })
    if (!given) return false
    return (await replaceNumber(stores, { by: caller, user, now }, before, { ...given, isMfaOnly })).isConflict
  })
  if (isConflict) refuse('phone_number_not_unique', { property: 'phoneNumber' })
}
