import { randomBytes } from 'node:crypto'
import type { Locale } from '#contract/locale.ts'
import type { Stores, System } from '#server/system.ts'
import type { Charge, Limits } from './budget.ts'
import { type Challenge, type CodeMethod, canResendAt, codeLifeMs, isFinished, isOver, nextSend, sendsLeft } from './challenge.ts'
import { failureKey, limitsAt } from './code-charges.ts'
import type { CodePurpose } from './code-purpose.ts'
import { refuse } from './refusal.ts'

export type Needs = Pick<
  System,
  | 'writing'
  | 'inTransaction'
  | 'atOnce'
  | 'now'
  | 'codes'
  | 'budgets'
  | 'limits'
  | 'signInSettings'
  | 'texts'
  | 'mails'
  | 'organization'
  | 'challenges'
  | 'outbox'
  | 'knownBrowsers'
  | 'methodPauses'
>

export interface Browser {
  /** A hash that ties to this browser's interaction. */
  binding: string
  /** The value of the known-browser cookie. */
  device: string | undefined
  address: string
}

/** What a code costs that goes to this receiver. */
export interface CodeOf<Receiver extends string> {
  tenantId: string
  userId: string | undefined
  receiver: Receiver
  /** Only where the browser is known: then it has a budget of its own for this receiver. */
  device: string | undefined
  address: string
}

/** A way a code travels. How it is asked for, paid, sent again and held against the answer is the same for each. */
export interface Carrier<Receiver extends string> {
  method: CodeMethod
  /** What is rung after a commit, for whoever sends. */
  bell: 'texts' | 'mails'
  /** A receiver as the store kept it. */
  read(text: string): Receiver
  charges(limits: Limits, code: CodeOf<Receiver>): Charge[]
  /** What a code gives back when it is typed. */
  refund(limits: Limits, tenantId: string, receiver: Receiver): Charge[]
}

export interface CodeRequest<Receiver extends string> {
  purpose: CodePurpose
  /** Nobody, where the receiver is unknown or may not be used: then everything happens but the sending. */
  userId: string | undefined
  receiver: Receiver
  locale: Locale
  browser: Browser
}

export type SlowDown = { kind: 'slow_down'; retryAfterSeconds: number }
export type Started = { kind: 'started'; challengeId: string } | SlowDown
export type Resent = { kind: 'sent' } | { kind: 'too_soon'; waitSeconds: number } | { kind: 'no_more' } | { kind: 'over' } | SlowDown

export type Alongside = (stores: Stores, challengeId: string) => Promise<void>

/**
 * Asks somebody for a code. The same browser asking again for the same receiver, by reloading or pressing twice, gets the challenge it has and
 * no second message. `alongside` is kept or lost together with the challenge, and runs for that one too.
 */
export async function startCode<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  request: CodeRequest<Receiver>,
  alongside?: Alongside,
): Promise<Started> {
  const { purpose, receiver, browser } = request
  const { method } = carrier
  const slot = { method, purpose, receiver, binding: browser.binding }
  const before = await system.challenges.findIn(slot)
  const now = system.now()
  if (before && !isFinished(before, now) && before.expiresAt > now) {
    const isEarly = now < canResendAt(before) || sendsLeft(before) === 0
    const again = isEarly ? undefined : await sendAgain(system, carrier, before, browser)
    if (again?.kind === 'slow_down') return again
    if (alongside) await system.writing((stores) => alongside(stores, before.id))
    return { kind: 'started', challengeId: before.id }
  }

  const permission = await askToSend(system, carrier, request)
  if (permission.kind === 'slow_down') return permission
  const { userId, locale } = request
  const id = randomBytes(16).toString('base64url')
  const expiresAt = new Date(now.getTime() + codeLifeMs[method])
  const challenge = { id, ...slot, userId, locale, startedAt: now, expiresAt }
  const challengeId = await system.writing(async (stores) => {
    if (before) await stores.challenges.leaveSlot(before.id)
    const isMine = await stores.challenges.add(challenge)
    if (isMine) await stores.outbox.add({ method, challengeId: id, send: 1, generation: 1 }, permission.heldFor, now)
    const kept = isMine ? id : ((await stores.challenges.findIn(slot))?.id ?? refuse('changed_meanwhile'))
    // Of two that came at once, one was held for coming too soon after the other; that one may have got here first.
    if (!isMine && permission.heldFor === undefined) await stores.outbox.release(kept, now)
    await alongside?.(stores, kept)
    return kept
  })
  system[carrier.bell].ring()
  return { kind: 'started', challengeId }
}

/** One more message for a challenge: the same code while it has life left, else a new one. */
export async function resendCode<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  challengeId: string,
  browser: Browser,
  purpose: CodePurpose,
): Promise<Resent> {
  const challenge = await findOwn(system, carrier, challengeId, browser, purpose)
  const now = system.now()
  if (!challenge || isFinished(challenge, now)) return { kind: 'over' }
  if (sendsLeft(challenge) === 0) return { kind: 'no_more' }
  const waitMs = canResendAt(challenge).getTime() - now.getTime()
  if (waitMs > 0) return { kind: 'too_soon', waitSeconds: Math.ceil(waitMs / 1000) }
  return sendAgain(system, carrier, challenge, browser)
}

export interface ChallengeView<Receiver extends string> {
  receiver: Receiver
  canResendAt: Date
  sendsLeft: number
  expiresAt: Date
  isOver: boolean
}

export async function viewChallenge<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  challengeId: string,
  browser: Browser,
  purpose: CodePurpose,
): Promise<ChallengeView<Receiver> | undefined> {
  const challenge = await findOwn(system, carrier, challengeId, browser, purpose)
  return (
    challenge && {
      receiver: carrier.read(challenge.receiver),
      canResendAt: canResendAt(challenge),
      sendsLeft: sendsLeft(challenge),
      expiresAt: challenge.expiresAt,
      isOver: isOver(challenge, system.now()),
    }
  )
}

async function findOwn(
  system: Needs,
  { method }: Pick<Carrier<string>, 'method'>,
  id: string,
  { binding }: Browser,
  purpose: CodePurpose,
): Promise<Challenge | undefined> {
  const challenge = await system.challenges.find(id)
  const isOwn = challenge?.binding === binding && challenge.purpose === purpose && challenge.method === method
  return isOwn ? challenge : undefined
}

async function sendAgain<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  challenge: Challenge,
  browser: Browser,
): Promise<{ kind: 'sent' } | SlowDown> {
  const permission = await askToSend(system, carrier, { ...challenge, receiver: carrier.read(challenge.receiver), browser })
  if (permission.kind === 'slow_down') return permission
  const now = system.now()
  const next = nextSend(challenge, now)
  await system.writing(async ({ challenges, outbox }) => {
    // Whoever lost the race finds the message of the other on its way.
    if (!(await challenges.sendAgain(challenge, next))) return
    const message = { method: carrier.method, challengeId: challenge.id, send: next.sends, generation: next.generation }
    await outbox.add(message, permission.heldFor, now)
  })
  system[carrier.bell].ring()
  return { kind: 'sent' }
}

/**
 * Whether a message may leave, paid for in a statement of its own before anything is written. What is used up on the side of the receiver must not
 * show, or the page would tell strangers which numbers are in use: there the message is held, and all else is as always.
 */
async function askToSend<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  { purpose, userId, receiver, browser }: Omit<CodeRequest<Receiver>, 'locale'>,
): Promise<{ kind: 'asked'; heldFor: string | undefined } | SlowDown> {
  const now = system.now()
  const isKnown = browser.device !== undefined && (await system.knownBrowsers.isKnown(browser.device, userId, now))
  const device = isKnown ? browser.device : undefined
  const pause = await system.methodPauses.find(failureKey(carrier.method, purpose, system.challenges.indexOf(receiver), device))
  const code = { tenantId: system.organization.id, userId, receiver, device, address: browser.address }
  const denials = await system.budgets.take(carrier.charges(limitsAt(system, browser.address), code), now)
  const own = denials.filter(({ charge }) => charge.payer === 'caller')
  if (own.length > 0) {
    const retryAfterMs = Math.max(...own.map((denial) => denial.retryAfterMs))
    return { kind: 'slow_down', retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }
  }
  const isPaused = pause !== undefined && (pause.isSuspended || pause.pausedUntil > now)
  const reasons = [...denials.map(({ charge }) => charge.scope), ...(isPaused ? ['paused'] : [])]
  return { kind: 'asked', heldFor: reasons.length > 0 ? reasons.join(', ') : undefined }
}
