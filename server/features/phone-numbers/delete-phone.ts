import type { Caller } from '#server/domain/caller.ts'
import { deletionOf } from '#server/domain/default-method.ts'
import { defaultMethodEvent } from '#server/domain/method-events.ts'
import { allowedChannels, factorsOf } from '#server/domain/person-factors.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { type PersonPhone, phonesOf } from '#server/domain/person-phones.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

interface Wanted {
  type: PhoneType
  /** Whoever deletes knows that the default method moves. */
  agrees: boolean
}

/** There is no way back but adding the number again. Whoever waits for it as a user name may have it at once. */
export async function deletePhone(system: Needs, caller: Caller, idOrName: string, { type, agrees }: Wanted): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    const owned = await phonesOf(stores, user, now)
    const phone = owned.find((one) => one.type === type) ?? refuse('object_not_found', { id: 'phoneMethod' })
    if (type === 'mobile' && owned.some((one) => one.type === 'alternateMobile')) refuse('mobile_before_alternate')
    const deletion = await deletionFrom(stores, user, owned, phone, agrees)
    if (deletion.kind === 'refused') refuse('default_method_stays')

    await stores.phones.remove(user.id, type)
    await recordNumber(stores, caller, user, 'deleted', { before: phone }, now)
    if (deletion.kind !== 'moves') return
    await stores.methodChoices.setDefault(user.id, deletion.to)
    if (deletion.to) await stores.audit.record(caller, defaultMethodEvent(user, user, deletion.from, deletion.to), now)
  })
}

async function deletionFrom(stores: Stores, user: User, owned: readonly PersonPhone[], phone: PersonPhone, agrees: boolean) {
  const allowed = await allowedChannels(stores, user.id)
  const usable = factorsOf(owned, allowed)
  const staying = factorsOf(
    owned.filter((one) => one !== phone),
    allowed,
  )
  return deletionOf({
    chosen: (await stores.methodChoices.ofUser(user.id)).defaultMethod,
    usable,
    leaving: usable.difference(staying),
    isSignInName: phone.state === 'ready',
    deletion: (await stores.settings.get()).defaultMethodDeletion,
    agrees,
  })
}
