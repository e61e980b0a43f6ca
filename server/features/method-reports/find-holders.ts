import type { Caller } from '#server/domain/caller.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { type PersonPhone, phonesOf } from '#server/domain/person-phones.ts'
import { maskedForLog } from '#server/domain/phone-number.ts'
import { seesWholeNumbers } from '#server/domain/read-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'organization'>

export interface Holder {
  user: User
  phone: PersonPhone
  isWhole: boolean
}

/** Who has a number, however it is written. Nobody asks without leaving their name, since whoever knows a number learns a person by it. */
export async function findHolders(system: Needs, caller: Caller, text: string): Promise<Holder[]> {
  const { number } = readNumber(text, 'mobile', { property: 'number', country: system.organization.defaultCountry })
  return system.inTransaction(async (stores) => {
    const held = await stores.phones.withNumber(number)
    const holders: Holder[] = []
    for (const { userId, type } of held) holders.push(await holderOf(stores, caller, { userId, type }, system.now()))
    const masked = maskedForLog(number)
    await stores.audit.record(
      caller,
      {
        activity: 'Look up phone number',
        category: 'UserManagement',
        operation: 'Other',
        targets: [
          { id: masked, kind: 'Other', displayName: masked },
          ...holders.map(
            ({ user: { id, displayName, userPrincipalName } }) => ({ id, kind: 'User', displayName, userPrincipalName }) as const,
          ),
        ],
        details: { Holders: String(holders.length) },
      },
      system.now(),
    )
    return holders
  })
}

async function holderOf(stores: Stores, caller: Caller, held: { userId: string; type: string }, now: Date): Promise<Holder> {
  const user = (await stores.users.find(held.userId)) ?? refuse('changed_meanwhile')
  const phone = (await phonesOf(stores, user, now)).find(({ type }) => type === held.type) ?? refuse('changed_meanwhile')
  return { user, phone, isWhole: seesWholeNumbers(caller, await stores.authority.targetOf(user.id), now) }
}
