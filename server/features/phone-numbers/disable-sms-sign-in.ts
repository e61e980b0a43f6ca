import type { Caller } from '#server/domain/caller.ts'
import { getPhone } from '#server/domain/keep-phone.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The number stays, for verification; it names nobody any more, so others may take it. Whoever has no other way in is locked out. */
export async function disableSmsSignIn(system: Needs, caller: Caller, idOrName: string, type: PhoneType): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    const before = (await getPhone(stores, user, type, now)) ?? refuse('object_not_found', { id: 'phoneMethod' })
    if (type !== 'mobile') refuse('sms_sign_in_not_supported')
    if (before.signInWish === 'off') return
    await stores.phones.change(user.id, type, { signInWish: 'off' }, now)
    const after = (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile')
    const details = { SmsSignInState: after.state }
    await recordNumber(stores, caller, user, 'updated', { before, after, details }, now)
  })
}
