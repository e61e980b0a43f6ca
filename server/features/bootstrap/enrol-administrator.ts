import type { Author } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { Proof } from '#server/domain/interaction.ts'
import { keepPhone } from '#server/domain/keep-phone.ts'
import { keepOwnNumber } from '#server/domain/own-number.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import { amrOf } from '#server/domain/proof-strength.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { HeldSession } from '#server/domain/session.ts'
import type { SignInStep } from '#server/domain/sign-in-event.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { allowTexts } from './allow-texts.ts'
import { spendLink } from './spend-link.ts'

export interface Enrolment {
  secret: string
  passwordHash: string
  browser: Browser
  userAgent: string
  requestId: string
  /** Where they get in by this. */
  app: { appId: string; displayName: string }
}

export interface NumberCode {
  challengeId: string
  code: string
}

/** What is kept together with the enrolment: that they are signed in. Answers the session's id. */
type Begin = (stores: Stores, proof: Proof) => Promise<string>

export type Enrolled =
  | { kind: 'in'; sessionId: string }
  | { kind: 'wrong'; triesLeft: number }
  /** The code is too old, or was wrong too often. */
  | { kind: 'over' }

/**
 * The first administrator has chosen a password and proves their phone; that, the link being spent, and their being signed in stand or fall
 * together. Whoever comes second, with the same link or the same code, changes nothing.
 */
export async function enrolByPhone(
  system: System,
  enrolment: Enrolment,
  { challengeId, code }: NumberCode,
  begin: Begin,
): Promise<Enrolled> {
  let done: Done | undefined
  const answer = { challengeId, browser: enrolment.browser, answer: code, purpose: 'add-phone' } as const
  const outcome = await methods.sms.checkCode(system, answer, async (stores, checked) => {
    if (checked.kind === 'passed')
      done = await enrol(stores, enrolment, { number: checked.receiver, isProven: true, begin, now: system.now() })
  })
  return finish(system, done) ?? (outcome.kind === 'wrong' ? outcome : { kind: 'over' })
}

/**
 * Where nothing can send a text yet: the link, which only whoever reached the server's own terminal has, is their second factor this once. The
 * number is kept unproven; once there is something to text it with, it is what they sign in with beside the password.
 */
export async function enrolByLink(system: System, enrolment: Enrolment, number: PhoneNumber, begin: Begin): Promise<Enrolled> {
  const done = await system.inTransaction((stores) => enrol(stores, enrolment, { number, isProven: false, begin, now: system.now() }))
  return finish(system, done) ?? { kind: 'over' }
}

interface Done {
  sessionId: string
  ended: readonly HeldSession[]
}

function finish(system: System, done: Done | undefined): Enrolled | undefined {
  if (!done) return undefined
  system.reload()
  system.announceSignOuts(done.ended)
  return { kind: 'in', sessionId: done.sessionId }
}

async function enrol(
  stores: Stores,
  enrolment: Enrolment,
  { number, isProven, begin, now }: { number: PhoneNumber; isProven: boolean; begin: Begin; now: Date },
): Promise<Done> {
  const { secret, passwordHash, browser, userAgent, requestId } = enrolment
  const { id } = await spendLink(stores, secret, requestId, now)
  const user = (await stores.users.find(id)) ?? refuse('bootstrap_link_spent')
  const { displayName, userPrincipalName } = user
  const by: Author = { author: { kind: 'person', id, displayName, userPrincipalName, address: browser.address }, userAgent, requestId }
  const hadPassword = (await stores.personPasswords.find(id)) !== undefined
  const password = { hash: passwordHash, mustChange: false }
  const ended = hadPassword ? await methods.password.setPassword(stores, user, { password, author: by, keeps: undefined }, now) : []
  if (!hadPassword) await methods.password.addPassword(stores, user, passwordHash, by, now)
  if (isProven) await keepOwnNumber(stores, by, { user, number }, now)
  else await keepUnproven(stores, by, user, number, now)
  await allowTexts(stores, by, id, now)
  const proof = { userId: id, methods: ['pwd', isProven ? 'sms' : 'otp'], provenAt: now, attemptId: stores.signIns.newId(now) }
  await writeDown(stores, enrolment, user, proof, isProven ? number : undefined)
  return { sessionId: await begin(stores, proof), ended }
}

async function keepUnproven(stores: Stores, by: Author, user: User, number: PhoneNumber, now: Date): Promise<void> {
  const wanted = { type: 'mobile', number, extension: undefined, isMfaOnly: true } as const
  const { phone: after, before } = await keepPhone(stores, user, wanted, now)
  await recordNumber(stores, { ...by, id: user.id }, user, before ? 'updated' : 'registered', { before, after }, now)
}

async function writeDown(
  { signIns }: Stores,
  { app, browser, userAgent, requestId }: Enrolment,
  { id: userId, displayName: userDisplayName, userPrincipalName }: User,
  { attemptId: id, provenAt: at, methods: proven }: Proof,
  number: PhoneNumber | undefined,
): Promise<void> {
  const password = { at, method: 'Password', detail: undefined, succeeded: true, result: 'correctPassword' } as const
  const text = { at, method: 'Text message', detail: number && maskedForLog(number), succeeded: true, result: 'correctCode' } as const
  const steps: SignInStep[] = [
    { ...password, requirement: 'Primary authentication' },
    ...(number ? [{ ...text, requirement: 'Secondary authentication' } as const] : []),
  ]
  const person = { userId, userDisplayName, userPrincipalName, identifier: userPrincipalName, identifierType: 'userPrincipalName' } as const
  const where = { address: browser.address, userAgent, protocol: 'none', isInteractive: true, result: 0 } as const
  const attempt = { id, startedAt: at, correlationId: requestId, appId: app.appId, appDisplayName: app.displayName, ...person, ...where }
  const isStrong = amrOf(proven).includes('mfa')
  await signIns.add(attempt, steps, { requirement: isStrong ? 'multiFactorAuthentication' : 'singleFactorAuthentication' })
}
