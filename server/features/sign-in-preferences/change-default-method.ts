import type { Caller } from '#server/domain/caller.ts'
import { defaultMethod, type SecondFactor } from '#server/domain/default-method.ts'
import { allowedChannels, factorsOf } from '#server/domain/person-factors.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { recordDefault } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Only what this person can really be asked with is a default. */
export async function changeDefaultMethod(system: Needs, caller: Caller, idOrName: string, wanted: SecondFactor): Promise<void> {
  await system.inTransaction(async (stores) => {
    const { phones, methodChoices } = stores
    const user = await getPersonToChange(stores, caller, idOrName, system.now())
    const usable = factorsOf(await phones.ofUser(user.id), await allowedChannels(stores, user.id))
    if (!usable.has(wanted)) refuse('default_not_registered', { property: 'userPreferredMethodForSecondaryAuthentication' })
    const { defaultMethod: chosen } = await methodChoices.ofUser(user.id)
    if (chosen === wanted) return
    await methodChoices.setDefault(user.id, wanted)
    await recordDefault(stores, caller, user, { from: defaultMethod(chosen, usable), to: wanted }, system.now())
  })
}
