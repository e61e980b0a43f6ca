import type { Browser } from '#server/domain/code-challenge.ts'
import type { HeldProof } from '#server/domain/interaction.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { SignInStep } from '#server/domain/sign-in-event.ts'
import { fold } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { PasswordOutcome } from '#server/methods/password/check-password.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { Stores, System } from '#server/system.ts'
import { conclude, isStillHeld, type Moment, requirementOf } from './conclude.ts'
import { findSecondFactors } from './find-second-factors.ts'
import { amrOfWay, type Due, type PhoneFactor, type SecondFactorWay, waitingFor } from './rules.ts'

/** What was proven before, and for whom the answer is. */
export interface FirstProof {
  held: HeldProof
  pending: PendingInteraction
  moment: Moment
}

export interface PhoneAnswer {
  way: PhoneFactor
  challengeId: string
  /** What was typed; a call needs nothing, since what was pressed on the phone is known. */
  code: string
  browser: Browser
}

export type SecondProven =
  | { kind: 'proven'; due: Due | undefined }
  | { kind: 'wrong'; triesLeft: number }
  /** The right key was not pressed, or not yet. */
  | { kind: 'not-yet' }
  | { kind: 'over' }

/** A code or a call proves that whoever gave the password has the phone as well. It is used up together with the sign-in going on. */
export async function proveSecondByPhone(system: System, first: FirstProof, answer: PhoneAnswer): Promise<SecondProven> {
  const { way, challengeId, code, browser } = answer
  let proven: SecondProven = { kind: 'over' }
  const keep = async (stores: Stores, userId: string, number: PhoneNumber) => {
    const isTheirs = userId === first.held.userId && (await isOffered(stores, first, way, number))
    if (isTheirs) proven = { kind: 'proven', due: await goOnWith(stores, first, way, number) }
  }
  if (way === 'sms') {
    const typed = { challengeId, browser, answer: code, purpose: 'second-factor' } as const
    const outcome = await methods.sms.checkCode(system, typed, async (stores, checked) => {
      if (checked.kind === 'passed') await keep(stores, checked.userId, checked.receiver)
      else await writeFailure(stores, first, checked.kind === 'wrong' ? failures.wrongCode : failures.oldCode)
    })
    return outcome.kind === 'wrong' ? outcome : proven
  }
  const outcome = await methods.voice.checkCall(
    system,
    challengeId,
    browser,
    async (stores, checked) => {
      if (checked.kind === 'passed') await keep(stores, checked.userId, checked.number)
    },
    'second-factor',
  )
  return outcome.kind === 'not_yet' ? { kind: 'not-yet' } : proven
}

export interface SecondPassword {
  password: string
  /** What the browser brought of itself. */
  device: string | undefined
  address: string
}

export type PasswordProven =
  | { kind: 'proven'; due: Due | undefined }
  /** Meanwhile their sessions were ended, or this sign-in went on in another window. */
  | { kind: 'over' }
  | Exclude<PasswordOutcome, { kind: 'passed' }>

/** A password beside a text: it is paid for and counted as at the front door, and locks in the same way. */
export async function proveSecondByPassword(system: System, first: FirstProof, answer: SecondPassword): Promise<PasswordProven> {
  const { password, device, address } = answer
  const user = await system.users.find(first.held.userId)
  const tried = { user, name: fold(user?.userPrincipalName ?? ''), secret: password, place: { kind: 'browser', device }, address } as const
  let proven: PasswordProven = { kind: 'over' }
  const outcome = await methods.password.checkPassword(system, tried, async (stores, checked) => {
    if (checked.kind !== 'passed') await writeFailure(stores, first, failures[checked.kind])
    else if (await isOffered(stores, first, 'password')) proven = { kind: 'proven', due: await goOnWith(stores, first, 'password') }
  })
  return outcome.kind === 'passed' ? proven : outcome
}

/** All facts are looked at again: between the page and the answer a number may have been taken away, or everything ended. */
async function isOffered(
  stores: Stores,
  { held, pending, moment }: FirstProof,
  way: SecondFactorWay,
  number?: PhoneNumber,
): Promise<boolean> {
  if (!(await isStillHeld(stores, held)) || (await pending.isSettled(stores, moment.now))) return false
  const options = await findSecondFactors(stores, held, moment.now)
  return options.some((option) => option.way === way && (option.way === 'password' || option.phone.number === number))
}

async function goOnWith(
  stores: Stores,
  { held, pending, moment }: FirstProof,
  way: SecondFactorWay,
  number?: PhoneNumber,
): Promise<Due | undefined> {
  const both = { ...held, methods: [...held.methods, amrOfWay[way]] }
  const due = await conclude(stores, pending, both, moment)
  const step = { ...successes[way], at: moment.now, detail: number && maskedForLog(number), succeeded: true, requirement } as const
  await stores.signIns.close(held.attemptId, due ? waitingFor[due] : 0, { step, requirement: requirementOf(both.methods) })
  return due
}

const requirement = 'Secondary authentication'
const byCall = { method: 'Phone call', result: 'approved' } as const
const byPassword = 'Password'

const successes: Readonly<Record<SecondFactorWay, Pick<SignInStep, 'method' | 'result'>>> = {
  password: { method: byPassword, result: 'correctPassword' },
  sms: { method: 'Text message', result: 'correctCode' },
  voiceMobile: byCall,
  voiceAlternateMobile: byCall,
  voiceOffice: byCall,
}

const failures = {
  wrongCode: { method: 'Text message', result: 'wrongCode' },
  oldCode: { method: 'Text message', result: 'codeExpired' },
  wrong: { method: byPassword, result: 'wrongPassword' },
  expired: { method: byPassword, result: 'correctPassword' },
  locked: { method: byPassword, result: 'tooManyTries' },
  slow_down: { method: byPassword, result: 'tooManyTries' },
} as const satisfies Record<string, Pick<SignInStep, 'method' | 'result'>>

/** The sign-in still waits for its second factor. */
async function writeFailure(
  { signIns }: Stores,
  { held, moment }: FirstProof,
  failure: Pick<SignInStep, 'method' | 'result'>,
): Promise<void> {
  const step = { ...failure, at: moment.now, detail: undefined, succeeded: false, requirement } as const
  await signIns.step(held.attemptId, step, 500121)
}
