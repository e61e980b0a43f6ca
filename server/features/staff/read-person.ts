import type { Caller } from '#server/domain/caller.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'
import { looksAfter, outOfReach, type StaffFacts } from './rules.ts'

type Needs = Pick<Stores, 'users' | 'authority' | 'phones' | 'methodPolicies' | 'settings' | 'callBacks'>

/** Somebody this manager looks after, and all that decides what can be done for them. */
export async function readPerson(stores: Needs, manager: Caller, id: string, now: Date): Promise<StaffFacts> {
  const user = (await stores.users.find(id)) ?? refuse('object_not_found', { id })
  const facts = await factsOf(stores, user, now)
  return looksAfter(manager, facts.target) ? facts : outOfReach()
}

export async function factsOf(stores: Needs, user: User, now: Date): Promise<StaffFacts> {
  const phones = await phonesOf(stores, user, now)
  return {
    user,
    target: await stores.authority.targetOf(user.id),
    mobile: phones.find(({ type }) => type === 'mobile'),
    passPolicy: await stores.methodPolicies.standingOf('temporary-access-pass', user.id),
    hasRefused: await stores.callBacks.wasRefusedLately(user.id, now),
  }
}
