import type { Caller } from '#server/domain/caller.ts'
import { keepAddress } from '#server/domain/keep-address.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import { recordEmail } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { readAddress } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Nobody has proven the new one yet, whatever was known of the old. */
export async function changeAddress(system: Needs, caller: Caller, idOrName: string, text: string | undefined): Promise<void> {
  const address = text === undefined ? undefined : readAddress(text)
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    if (user.id === caller.id) refuse('own_email_by_code')
    const before = (await stores.emailMethods.ofUser(user.id)) ?? refuse('object_not_found', { id: 'emailMethod' })
    if (address === undefined || before.address === address) return
    const { email } = await keepAddress(stores, user, address, undefined, now)
    await recordEmail(stores, caller, user, 'updated', { before, after: email }, now)
  })
}
