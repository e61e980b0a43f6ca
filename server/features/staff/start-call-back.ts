import { randomUUID } from 'node:crypto'
import { type CallBack, type CallBackQuestion, callBackDigits, callBackLifeMs, chargesForCallBack } from '#server/domain/call-back.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { callBackEvent } from './call-back-event.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedCallBack, refuseClosed, type StaffFacts } from './rules.ts'
import { readGiven } from './set-number.ts'

interface Wanted {
  change: CallBackQuestion['change']
  phoneNumber: string | undefined
}

/** Asks the person at the number they have, before it goes: what is wanted stands fixed from here on, so that is what they agree to. */
export async function startCallBack(system: System, manager: Caller, id: string, wanted: Wanted): Promise<CallBack> {
  const question = { change: wanted.change, newNumber: newNumberOf(system, wanted), digits: callBackDigits(), managerName: nameOf(manager) }
  await payAct(system, manager)
  await payText(system, asked(manager, await readPerson(system, manager, id, system.now()), system.now()))
  const begun = await system.inTransaction(async (stores) => {
    const now = system.now()
    const { user, oldNumber } = asked(manager, await readPerson(stores, manager, id, now), now)
    const expiresAt = new Date(now.getTime() + callBackLifeMs)
    const callBack = { id: randomUUID(), userId: user.id, managerId: manager.id, question: { ...question, oldNumber }, expiresAt }
    await stores.callBacks.add(callBack, now)
    await stores.outbox.add({ kind: 'call-back', method: 'sms', challengeId: callBack.id, send: 1, generation: 1 }, undefined, now)
    await stores.audit.record(manager, callBackEvent('started', user, callBack.question), now)
    return { ...callBack, state: 'waiting' as const, startedAt: now }
  })
  system.texts.ring()
  return begun
}

function newNumberOf(system: Pick<System, 'organization'>, { change, phoneNumber }: Wanted): PhoneNumber | undefined {
  if (change === 'remove') return undefined
  return readGiven(system, phoneNumber ?? refuse('property_required', { property: 'phoneNumber' })).number
}

function asked(manager: Caller, facts: StaffFacts, now: Date) {
  refuseClosed(closedCallBack(manager, facts, now))
  return { user: facts.user, oldNumber: facts.mobile?.number ?? refuse('staff_number_missing') }
}

async function payText(system: System, { user, oldNumber }: { user: User; oldNumber: PhoneNumber }): Promise<void> {
  const charges = chargesForCallBack(system.limits, system.organization.id, { userId: user.id, number: oldNumber })
  const denials = await system.budgets.take(charges, system.now())
  if (denials.length === 0) return
  const waitMs = Math.max(...denials.map(({ retryAfterMs }) => retryAfterMs))
  refuse('call_back_too_many', { retryAfterSeconds: String(Math.ceil(waitMs / 1000)) })
}

function nameOf({ author }: Caller): string {
  return author.kind === 'person' ? author.displayName : ''
}
