import type { CallBackState } from '#server/domain/call-back.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { removeNumber } from '#server/domain/remove-number.ts'
import type { System } from '#server/system.ts'
import { confirmedBy } from './admit-manager.ts'
import { findCallBack } from './find-call-back.ts'
import { readPerson } from './read-person.ts'
import { closedNumber, refuseClosed, type StaffFacts } from './rules.ts'
import { keepNumber } from './set-number.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The person agreed: what they were asked about is done, once. Its act was paid when it was begun. */
export async function finishCallBack(system: Needs, manager: Caller, id: string | undefined): Promise<StaffFacts> {
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const { question, ...callBack } = await findCallBack(stores, manager, id, now)
    refuseUnanswered(callBack.state)
    if (!(await stores.callBacks.move(callBack.id, 'agreed', 'done', callBack.expiresAt, now))) refuse('call_back_over')
    const facts = await readPerson(stores, manager, callBack.userId, now)
    refuseClosed(closedNumber(manager, facts, now))
    // Who was asked at a number that is theirs no longer was not asked.
    if (facts.mobile?.number !== question.oldNumber) refuse('changed_meanwhile')
    const act = { by: confirmedBy(manager, 'call-back'), user: facts.user, now }
    if (question.newNumber) await keepNumber(stores, act, facts.mobile, { number: question.newNumber, extension: undefined })
    else await removeNumber(stores, act, { type: 'mobile', agrees: true })
    return readPerson(stores, manager, callBack.userId, now)
  })
}

function refuseUnanswered(state: CallBackState): void {
  if (state === 'waiting') refuse('call_back_not_answered')
  if (state === 'refused') refuse('call_back_refused')
  if (state !== 'agreed') refuse('call_back_over')
}
