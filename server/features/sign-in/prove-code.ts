import type { CheckOutcome } from '#server/domain/check-code.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { Proof } from '#server/domain/interaction.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { SignInStep, SignInStepResult } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { findPerson } from './find-person.ts'
import { type Due, waitingFor } from './rules.ts'

export interface Answer {
  challengeId: string
  attemptId: string
  code: string
  browser: Browser
  /** A browser in which somebody signs in is known from then on, under this name. */
  device: string
}

/** What is kept together with the proof: that the person signed in, for the app that waits; answers what is left to do before that. */
type Finish = (stores: Stores, proof: Proof, isUnfinished: boolean) => Promise<Due | undefined>

/** Holds the code against what was sent. All facts are looked at again: between the text and the answer an account may have been closed. */
export async function proveCode(system: System, answer: Answer, finish: Finish): Promise<CheckOutcome<PhoneNumber>> {
  const { challengeId, attemptId, code, browser, device } = answer
  let isClosedMeanwhile = false
  const proof = { challengeId, browser, answer: code, purpose: 'sign-in' } as const
  const outcome = await methods.sms.checkCode(system, proof, async (stores, checked) => {
    const now = system.now()
    const facts = checked.kind === 'passed' ? await findPerson({ ...system, ...stores }, checked.receiver) : undefined
    isClosedMeanwhile = checked.kind === 'passed' && !(facts?.state === 'ready' && facts.user.id === checked.userId)
    if (checked.kind !== 'passed' || isClosedMeanwhile || !facts) {
      await writeStep(stores, attemptId, isClosedMeanwhile ? { kind: 'over' } : checked, now)
      return
    }
    await stores.phones.markUsed(checked.userId, facts.phoneType, now)
    await stores.knownBrowsers.remember(device, checked.userId, now)
    const due = await finish(stores, { userId: checked.userId, methods: ['sms'], provenAt: now, attemptId }, facts.isUnfinished)
    await writeStep(stores, attemptId, checked, now, due)
  })
  return isClosedMeanwhile ? { kind: 'over' } : outcome
}

/** The same where it is not known yet whose people the owner of the number is one of: what is proven is the number alone. */
export async function proveNumber(system: System, { challengeId, attemptId, code, browser }: Answer): Promise<CheckOutcome<PhoneNumber>> {
  const proof = { challengeId, browser, answer: code, purpose: 'sign-in' } as const
  return methods.sms.checkCode(system, proof, (stores, checked) => writeStep(stores, attemptId, checked, system.now()))
}

const steps: Readonly<Record<CheckOutcome<PhoneNumber>['kind'], readonly [SignInStepResult, SignInResultCode]>> = {
  passed: ['correctCode', 0],
  wrong: ['wrongCode', 50126],
  over: ['codeExpired', 50089],
}

async function writeStep(
  { signIns }: Pick<Stores, 'signIns'>,
  attemptId: string,
  outcome: CheckOutcome<PhoneNumber>,
  at: Date,
  due?: Due,
): Promise<void> {
  const [result, code] = steps[outcome.kind]
  const number = outcome.kind === 'passed' ? outcome.receiver : undefined
  const step: SignInStep = {
    at,
    method: 'Text message',
    detail: number && maskedForLog(number),
    succeeded: outcome.kind === 'passed',
    result,
    requirement: 'Primary authentication',
  }
  await signIns.step(attemptId, step, due ? waitingFor[due] : code)
}
