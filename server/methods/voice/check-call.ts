import { type Call, callsLeft, canCallAgainAt, isCallFinished, type ShownCallState, shownState } from '#server/domain/call.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { chargesForStranger, limitsAt } from '#server/domain/code-charges.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import type { Stores } from '#server/system.ts'
import { refundForProof } from './charges.ts'
import { findOwnCall, type Needs } from './start-call.ts'

export interface CallView {
  number: PhoneNumber
  phoneType: PhoneType
  extension: string | undefined
  /** To be shown, and pressed on the phone before the hash key. */
  digit: string
  state: ShownCallState
  /** Wrong digits in this call so far. */
  tries: number
  canCallAgainAt: Date
  callsLeft: number
  expiresAt: Date
}

/** What the page shows while the phone rings. */
export async function viewCall(system: Needs, callId: string, browser: Browser, purpose: Call['purpose']): Promise<CallView | undefined> {
  const call = await findOwnCall(system, callId, browser, purpose)
  const now = system.now()
  return (
    call && {
      number: call.number,
      phoneType: call.phoneType,
      extension: call.extension,
      digit: system.callProofs.digitOf({ callId, tenantId: system.organization.id, ...call }),
      state: shownState(call, now),
      tries: call.tries,
      canCallAgainAt: canCallAgainAt(call),
      callsLeft: isCallFinished(call, now) ? 0 : callsLeft(call),
      expiresAt: call.expiresAt,
    }
  )
}

export type CallOutcome =
  | { kind: 'passed'; userId: string; number: PhoneNumber; phoneType: PhoneType; extension: string | undefined; callId: string }
  /** The right key was not pressed, or not yet. */
  | { kind: 'not_yet'; state: Exclude<ShownCallState, 'passed' | 'expired'> }
  | { kind: 'over' }

type Alongside = (stores: Stores, outcome: CallOutcome) => Promise<void>

/**
 * Uses what a call has proven, which of all who try exactly one does. The key was paid for and looked at when the phone reported it; here it
 * is only asked what came of that. `alongside` is kept together with it.
 */
export async function checkCall(
  system: Needs,
  callId: string,
  browser: Browser,
  alongside: Alongside,
  purpose: Call['purpose'],
): Promise<CallOutcome> {
  const call = await findOwnCall(system, callId, browser, purpose)
  if (!call) {
    // Who holds another's call, or makes ids up, pays as for a wrong answer.
    await system.budgets.take(chargesForStranger(limitsAt(system, browser.address), browser.address), system.now())
    return conclude(system, { kind: 'over' }, alongside)
  }
  const state = shownState(call, system.now())
  if (state === 'expired') return conclude(system, { kind: 'over' }, alongside)
  if (state !== 'passed') return conclude(system, { kind: 'not_yet', state }, alongside)

  const { userId, number, phoneType, extension } = call
  const outcome = await system.writing(async (stores) => {
    const isFirst = userId !== undefined && (await stores.calls.use(call, system.now()))
    const result: CallOutcome = isFirst ? { kind: 'passed', userId, number, phoneType, extension, callId } : { kind: 'over' }
    await alongside(stores, result)
    return result
  })
  if (outcome.kind === 'passed') system.budgets.refund(refundForProof(system.limits, system.organization.id, number), system.now())
  return outcome
}

async function conclude(system: Needs, outcome: CallOutcome, alongside: Alongside): Promise<CallOutcome> {
  await system.writing((stores) => alongside(stores, outcome))
  return outcome
}
