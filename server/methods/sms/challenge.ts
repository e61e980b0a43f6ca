import { randomBytes } from 'node:crypto'
import type { Locale } from '#contract/locale.ts'
import { type Challenge, canResendAt, codeLifeMs, isFinished, isOver, nextSend, sendsLeft } from '#server/domain/challenge.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { chargesForText, failureKey, limitsAt } from './charges.ts'

export { type CheckOutcome, checkCode } from './check-code.ts'

export type Needs = Pick<
  System,
  | 'writing'
  | 'atOnce'
  | 'now'
  | 'codes'
  | 'budgets'
  | 'limits'
  | 'signInSettings'
  | 'texts'
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

export interface CodeRequest {
  purpose: CodePurpose
  /** Nobody, where the number is unknown or may not be used: then everything happens but the sending. */
  userId: string | undefined
  number: PhoneNumber
  locale: Locale
  browser: Browser
}

export type SlowDown = { kind: 'slow_down'; retryAfterSeconds: number }
export type Started = { kind: 'started'; challengeId: string } | SlowDown
export type Resent = { kind: 'sent' } | { kind: 'too_soon'; waitSeconds: number } | { kind: 'no_more' } | { kind: 'over' } | SlowDown

type Alongside = (stores: Stores, challengeId: string) => Promise<void>

/**
 * Asks somebody for a code. The same browser asking again for the same number, by reloading or pressing twice, gets the challenge it has and
 * no second text. `alongside` is kept or lost together with the challenge, and runs for that one too.
 */
export async function startCode(system: Needs, request: CodeRequest, alongside?: Alongside): Promise<Started> {
  const { purpose, number, browser } = request
  const slot = { purpose, number, binding: browser.binding }
  const before = await system.challenges.findIn(slot)
  const now = system.now()
  if (before && !isFinished(before, now) && before.expiresAt > now) {
    const isEarly = now < canResendAt(before) || sendsLeft(before) === 0
    const again = isEarly ? undefined : await sendAgain(system, before, browser)
    if (again?.kind === 'slow_down') return again
    if (alongside) await system.writing((stores) => alongside(stores, before.id))
    return { kind: 'started', challengeId: before.id }
  }

  const permission = await askToSend(system, request)
  if (permission.kind === 'slow_down') return permission
  const { userId, locale } = request
  const id = randomBytes(16).toString('base64url')
  const expiresAt = new Date(now.getTime() + codeLifeMs)
  const challenge = { id, purpose, userId, number, binding: browser.binding, locale, startedAt: now, expiresAt }
  const challengeId = await system.writing(async (stores) => {
    if (before) await stores.challenges.leaveSlot(before.id)
    const isMine = await stores.challenges.add(challenge)
    if (isMine) await stores.outbox.add({ challengeId: id, send: 1, generation: 1 }, permission.heldFor, now)
    const kept = isMine ? id : ((await stores.challenges.findIn(slot))?.id ?? refuse('changed_meanwhile'))
    // Of two that came at once, one was held for coming too soon after the other; that one may have got here first.
    if (!isMine && permission.heldFor === undefined) await stores.outbox.release(kept, now)
    await alongside?.(stores, kept)
    return kept
  })
  system.texts.ring()
  return { kind: 'started', challengeId }
}

/** One more text for a challenge: the same code while it has life left, else a new one. */
export async function resendCode(system: Needs, challengeId: string, browser: Browser, purpose: CodePurpose = 'sign-in'): Promise<Resent> {
  const challenge = await findOwn(system, challengeId, browser, purpose)
  const now = system.now()
  if (!challenge || isFinished(challenge, now)) return { kind: 'over' }
  if (sendsLeft(challenge) === 0) return { kind: 'no_more' }
  const waitMs = canResendAt(challenge).getTime() - now.getTime()
  if (waitMs > 0) return { kind: 'too_soon', waitSeconds: Math.ceil(waitMs / 1000) }
  return sendAgain(system, challenge, browser)
}

export interface ChallengeView {
  number: PhoneNumber
  canResendAt: Date
  sendsLeft: number
  expiresAt: Date
  isOver: boolean
}

export async function viewChallenge(
  system: Needs,
  challengeId: string,
  browser: Browser,
  purpose: CodePurpose = 'sign-in',
): Promise<ChallengeView | undefined> {
  const challenge = await findOwn(system, challengeId, browser, purpose)
  return (
    challenge && {
      number: challenge.number,
      canResendAt: canResendAt(challenge),
      sendsLeft: sendsLeft(challenge),
      expiresAt: challenge.expiresAt,
      isOver: isOver(challenge, system.now()),
    }
  )
}

async function findOwn(system: Needs, id: string, { binding }: Browser, purpose: CodePurpose): Promise<Challenge | undefined> {
  const challenge = await system.challenges.find(id)
  return challenge?.binding === binding && challenge.purpose === purpose ? challenge : undefined
}

async function sendAgain(system: Needs, challenge: Challenge, browser: Browser): Promise<{ kind: 'sent' } | SlowDown> {
  const permission = await askToSend(system, { ...challenge, browser })
  if (permission.kind === 'slow_down') return permission
  const now = system.now()
  const next = nextSend(challenge, now)
  await system.writing(async ({ challenges, outbox }) => {
    // Whoever lost the race finds the text of the other on its way.
    if (!(await challenges.sendAgain(challenge, next))) return
    await outbox.add({ challengeId: challenge.id, send: next.sends, generation: next.generation }, permission.heldFor, now)
  })
  system.texts.ring()
  return { kind: 'sent' }
}

/**
 * Whether a text may leave, paid for in a statement of its own before anything is written. What is used up on the side of the number must not
 * show, or the page would tell strangers which numbers are in use: there the text is held, and all else is as always.
 */
async function askToSend(
  system: Needs,
  { purpose, userId, number, browser }: Pick<CodeRequest, 'purpose' | 'userId' | 'number' | 'browser'>,
): Promise<{ kind: 'asked'; heldFor: string | undefined } | SlowDown> {
  const now = system.now()
  const isKnown = browser.device !== undefined && (await system.knownBrowsers.isKnown(browser.device, userId, now))
  const device = isKnown ? browser.device : undefined
  const pause = await system.methodPauses.find(failureKey(purpose, system.challenges.indexOf(number), device))
  const text = { tenantId: system.organization.id, userId, number, device, address: browser.address }
  const denials = await system.budgets.take(chargesForText(limitsAt(system, browser.address), text), now)
  const own = denials.filter(({ charge }) => charge.payer === 'caller')
  if (own.length > 0) {
    const retryAfterMs = Math.max(...own.map((denial) => denial.retryAfterMs))
    return { kind: 'slow_down', retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }
  }
  const isPaused = pause !== undefined && (pause.isSuspended || pause.pausedUntil > now)
  const reasons = [...denials.map(({ charge }) => charge.scope), ...(isPaused ? ['paused'] : [])]
  return { kind: 'asked', heldFor: reasons.length > 0 ? reasons.join(', ') : undefined }
}
