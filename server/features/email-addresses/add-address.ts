import type { Caller } from '#server/domain/caller.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import { keepAddress } from '#server/domain/keep-address.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import { recordEmail } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { readAddress } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** An administrator gives a person an address and answers for it. */
export async function addAddress(system: Needs, caller: Caller, idOrName: string, text: string): Promise<EmailMethod> {
  const address = readAddress(text)
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    if (user.id === caller.id) refuse('own_email_by_code')
    if (await stores.emailMethods.ofUser(user.id)) refuse('email_address_taken')
    const { email } = await keepAddress(stores, user, address, undefined, now)
    await recordEmail(stores, caller, user, 'registered', { after: email }, now)
    return email
  })
}
