import type { Stores } from '#server/system.ts'
import { deletionOf } from './default-method.ts'
import { getOwned, type PhoneAct } from './manage-phone.ts'
import { defaultMethodEvent } from './method-events.ts'
import { allowedChannels, factorsOf } from './person-factors.ts'
import { type PersonPhone, phonesOf } from './person-phones.ts'
import type { PhoneType } from './phone.ts'
import { recordNumber } from './record-method-change.ts'
import { refuse } from './refusal.ts'
import type { User } from './user.ts'

export interface Removal {
  type: PhoneType
  /** Whoever deletes knows that the default method moves. */
  agrees: boolean
}

/** There is no way back but adding the number again. Whoever waits for it as a user name may have it at once. */
export async function removeNumber(stores: Stores, { by, user, now }: PhoneAct, { type, agrees }: Removal): Promise<void> {
  const phone = await getOwned(stores, { user, now }, type)
  const owned = await phonesOf(stores, user, now)
  if (type === 'mobile' && owned.some((one) => one.type === 'alternateMobile')) refuse('mobile_before_alternate')
  const deletion = await deletionFrom(stores, user, owned, phone, agrees)
  if (deletion.kind === 'refused') refuse('default_method_stays')

  await stores.phones.remove(user.id, type)
  await recordNumber(stores, by, user, 'deleted', { before: phone }, now)
  if (deletion.kind !== 'moves') return
  await stores.methodChoices.setDefault(user.id, deletion.to)
  if (deletion.to) await stores.audit.record(by, defaultMethodEvent(user, user, deletion.from, deletion.to), now)
}

async function deletionFrom(stores: Stores, user: User, owned: readonly PersonPhone[], phone: PersonPhone, agrees: boolean) {
  const allowed = await allowedChannels(stores, user.id)
  const usable = factorsOf(owned, allowed)
  const staying = factorsOf(
    owned.filter((one) => one.type !== phone.type),
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
