import { randomBytes } from 'node:crypto'
import { type Call, callLifeMs, callsLeft, canCallAgainAt, isCallFinished, isUnderWay } from '#server/domain/call.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { failureKey, limitsAt } from '#server/domain/code-charges.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { chargesForCall } from './charges.ts'

export type Needs = Pick<
  System,
  | 'writing'
  | 'atOnce'
  | 'now'
  | 'budgets'
  | 'limits'
  | 'signInSettings'
  | 'callBell'
  | 'callProofs'
  | 'organization'
  | 'calls'
  | 'challenges'
  | 'methodPauses'
>

export interface CallRequest extends Pick<Call, 'purpose' | 'number' | 'phoneType' | 'locale'> {
  /** Nobody, where whoever asks must not hear whether there is somebody: then everything happens but the ringing. */
  userId: string | undefined
  extension?: string | undefined
  browser: Browser
}

export type SlowDown = { kind: 'slow_down'; retryAfterSeconds: number }
export type CallStarted = { kind: 'started'; callId: string } | SlowDown
export type CalledAgain =
  | { kind: 'calling' }
  | { kind: 'too_soon'; waitSeconds: number }
  | { kind: 'no_more' }
  | { kind: 'over' }
  | SlowDown

/** What holds a call whose budgets nobody has asked yet. */
const unpaid = 'unpaid'

type Alongside = (stores: Stores, callId: string) => Promise<void>

/**
 * Calls somebody. The same browser asking again for the same number, by reloading or pressing twice, gets the call it has and no phone rings
 * twice. `alongside` is kept or lost together with the call, and runs for that one too.
 */
export async function startCall(system: Needs, request: CallRequest, alongside?: Alongside): Promise<CallStarted> {
  const { purpose, number, phoneType, browser } = request
  const slot = { purpose, number, phoneType, binding: browser.binding }
  const before = await system.calls.findIn(slot)
  const now = system.now()
  if (before && !isCallFinished(before, now)) {
    const isEarly = now < canCallAgainAt(before) || callsLeft(before) === 0
    const again = isEarly || before.state === 'passed' ? undefined : await ringAgain(system, before, browser)
    if (again?.kind === 'slow_down') return again
    if (alongside) await system.writing((stores) => alongside(stores, before.id))
    return { kind: 'started', callId: before.id }
  }

  const { userId, locale, extension } = request
  const id = randomBytes(16).toString('base64url')
  const expiresAt = new Date(now.getTime() + callLifeMs)
  const call = { id, purpose, userId, number, phoneType, extension, binding: browser.binding, locale, startedAt: now, expiresAt }
  // Held until it is paid: of two that come at once, one gets the place and pays, and the other gets the same call.
  const isMine = await system.writing(async ({ calls }) => {
    if (before) await calls.leaveSlot(before.id)
    return calls.add({ ...call, heldFor: unpaid })
  })
  if (!isMine) {
    const kept = (await system.calls.findIn(slot)) ?? refuse('changed_meanwhile')
    if (alongside) await system.writing((stores) => alongside(stores, kept.id))
    return { kind: 'started', callId: kept.id }
  }
  const permission = await askToCall(system, request)
  if (permission.kind === 'slow_down') {
    await system.writing(({ calls }) => calls.remove(id))
    return permission
  }
  await system.writing(async (stores) => {
    await stores.calls.begin(id, permission.heldFor)
    await alongside?.(stores, id)
  })
  system.callBell.ring()
  return { kind: 'started', callId: id }
}

/** One more call, which asks for another digit. */
export async function callAgain(system: Needs, callId: string, browser: Browser, purpose: Call['purpose']): Promise<CalledAgain> {
  const call = await findOwnCall(system, callId, browser, purpose)
  const now = system.now()
  if (!call || isCallFinished(call, now)) return { kind: 'over' }
  // It has proven what it was for; a second one would only ring.
  if (call.state === 'passed' && call.expiresAt > now) return { kind: 'calling' }
  if (callsLeft(call) === 0) return { kind: 'no_more' }
  const waitMs = canCallAgainAt(call).getTime() - now.getTime()
  if (waitMs > 0) return { kind: 'too_soon', waitSeconds: Math.ceil(waitMs / 1000) }
  return ringAgain(system, call, browser)
}

export async function findOwnCall(
  system: Pick<Needs, 'calls'>,
  id: string,
  { binding }: Browser,
  purpose: Call['purpose'],
): Promise<Call | undefined> {
  const call = await system.calls.find(id)
  return call?.binding === binding && call.purpose === purpose ? call : undefined
}

async function ringAgain(system: Needs, call: Call, browser: Browser): Promise<{ kind: 'calling' } | SlowDown> {
  if (isUnderWay(call, system.now())) return { kind: 'calling' }
  const permission = await askToCall(system, { ...call, browser })
  if (permission.kind === 'slow_down') {
    const later = await system.calls.find(call.id)
    return later && later.round > call.round ? { kind: 'calling' } : permission
  }
  const now = system.now()
  const expiresAt = new Date(now.getTime() + callLifeMs)
  // Whoever lost the race finds the other's phone ringing.
  await system.writing(({ calls }) => calls.callAgain(call, { expiresAt, heldFor: permission.heldFor }, now))
  system.callBell.ring()
  return { kind: 'calling' }
}

/**
 * Whether a phone may ring, paid for in a statement of its own before anything is written. To whoever is known by now it is said when it was
 * called too often. Somebody who forgot their password is not known yet: there the call is held, and all else is as always, or the page would
 * tell strangers whose number it asks for.
 */
async function askToCall(
  system: Needs,
  { purpose, userId, number, browser }: Pick<CallRequest, 'purpose' | 'userId' | 'number' | 'browser'>,
): Promise<{ kind: 'asked'; heldFor: string | undefined } | SlowDown> {
  const now = system.now()
  const isStranger = purpose === 'password-reset'
  const pause = await system.methodPauses.find(failureKey('sms', purpose, system.challenges.indexOf(number), undefined))
  const isResting = pause !== undefined && (pause.isSuspended || pause.pausedUntil > now)
  const call = { tenantId: system.organization.id, userId, number, address: browser.address }
  const denials = await system.budgets.take(chargesForCall(limitsAt(system, browser.address), call), now)
  const told = denials.filter(({ charge }) => !isStranger || charge.payer === 'caller').map(({ retryAfterMs }) => retryAfterMs)
  if (isResting && !isStranger) told.push(Math.max(0, pause.pausedUntil.getTime() - now.getTime()))
  if (told.length > 0) return { kind: 'slow_down', retryAfterSeconds: Math.max(1, Math.ceil(Math.max(...told) / 1000)) }
  const reasons = [...denials.map(({ charge }) => charge.scope), ...(isResting ? ['paused'] : [])]
  return { kind: 'asked', heldFor: reasons.length > 0 ? reasons.join(', ') : undefined }
}
