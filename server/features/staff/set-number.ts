import type { Caller } from '#server/domain/caller.ts'
import { type GivenNumber, readNumber } from '#server/domain/given-number.ts'
import { giveNumber, type PhoneAct, replaceNumber } from '#server/domain/manage-phone.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import type { Stores, System } from '#server/system.ts'
import { confirmedBy } from './admit-manager.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedNumber, refuseClosed, type StaffFacts } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'budgets' | 'limits' | 'organization'>

/** The manager has made sure in person that it is them: they have no number yet, or do not have the old one any more. It is logged so. */
export async function setNumber(system: Needs, manager: Caller, id: string, text: string): Promise<StaffFacts> {
  const given = readGiven(system, text)
  await payAct(system, manager)
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const facts = await readPerson(stores, manager, id, now)
    refuseClosed(closedNumber(manager, facts, now))
    await keepNumber(stores, { by: confirmedBy(manager, 'in person'), user: facts.user, now }, facts.mobile, given)
    return readPerson(stores, manager, id, now)
  })
}

/** As people write numbers at home, or with the country before it. */
export function readGiven({ organization }: Pick<System, 'organization'>, text: string): GivenNumber {
  return readNumber(text, 'mobile', { property: 'phoneNumber', country: organization.defaultCountry })
}

/** Where somebody else has the number as their name it is kept all the same, and the page says so. */
export async function keepNumber(stores: Stores, act: PhoneAct, mobile: PersonPhone | undefined, given: GivenNumber): Promise<void> {
  if (mobile) await replaceNumber(stores, act, mobile, { ...given, isMfaOnly: false })
  else await giveNumber(stores, act, { ...given, type: 'mobile', isMfaOnly: false })
}
