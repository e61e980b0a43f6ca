import type { Caller } from '#server/domain/caller.ts'
import { switchOffSmsSignIn } from '#server/domain/manage-phone.ts'
import { switchOnSmsSignIn } from '#server/domain/switch-on-sms-sign-in.ts'
import type { System } from '#server/system.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedAct, closedSmsSignIn, refuseClosed, type StaffFacts } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'budgets' | 'limits' | 'organization'>

export async function switchSmsSignIn(system: Needs, manager: Caller, id: string, to: 'on' | 'off'): Promise<StaffFacts> {
  await payAct(system, manager)
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const facts = await readPerson(stores, manager, id, now)
    // What policy forbids can still be switched off.
    refuseClosed(to === 'on' ? closedSmsSignIn(manager, facts, now) : closedAct(manager, 'number', facts, now))
    const act = { by: manager, user: facts.user, now }
    if (to === 'on') await switchOnSmsSignIn(stores, act, 'mobile')
    else await switchOffSmsSignIn(stores, act, 'mobile')
    return readPerson(stores, manager, id, now)
  })
}
