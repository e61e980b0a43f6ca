import type { Interaction, Proof } from '#server/domain/interaction.ts'
import { parsePhoneNumber } from '#server/domain/phone-number.ts'
import type { SecretTry } from '#server/domain/secret-try.ts'
import type { IdentifierType, SignInAttempt, SignInStep, SignInStepResult } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { User } from '#server/domain/user.ts'
import { fold } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { PasswordOutcome, WrongPassword } from '#server/methods/password/check-password.ts'
import type { Stores, System } from '#server/system.ts'
import { findPerson } from './find-person.ts'
import { type Due, waitingFor } from './rules.ts'

export interface PasswordAnswer {
  /** The name or number that was typed a page ago. */
  typed: string
  /** The country somebody chose for a number that needs one. */
  country: string | undefined
  password: string
  /** The row of the log this sign-in has already. */
  attemptId: string | undefined
  interaction: Interaction
  /** What the browser brought of itself, and the name it goes by from now on. */
  knownAs: string | undefined
  device: string
  address: string
  userAgent: string
  requestId: string
}

/** What is kept together with the proof; answers what is left to do. */
type Finish = (stores: Stores, proof: Proof) => Promise<Due | undefined>

export type ProvenPassword = { outcome: PasswordOutcome; attemptId: string; due: Due | undefined }

/** Holds a password against the one of whoever was named. Every outcome is written down in the same way, whether anybody has that name or not. */
export async function provePassword(system: System, answer: PasswordAnswer, finish: Finish): Promise<ProvenPassword> {
  const { user, type } = await whoIs(system, answer)
  const attemptId = answer.attemptId ?? system.signIns.newId(system.now())
  let due: Due | undefined
  const tried: SecretTry = {
    user,
    name: fold(answer.typed.trim()),
    secret: answer.password,
    place: { kind: 'browser', device: answer.knownAs },
    address: answer.address,
  }
  const outcome = await methods.password.checkPassword(system, tried, async (stores, checked) => {
    const now = system.now()
    if (checked.kind === 'passed') {
      await stores.knownBrowsers.remember(answer.device, checked.userId, now)
      due = await finish(stores, { userId: checked.userId, methods: ['pwd'], provenAt: now, attemptId })
    }
    const [step, code] = written(checked, now)
    const result = due ? waitingFor[due] : code
    if (answer.attemptId) await stores.signIns.step(attemptId, step, result)
    else await stores.signIns.add({ ...attemptOf(answer, { user, type }), id: attemptId, startedAt: now, result }, [step])
  })
  return { outcome, attemptId, due }
}

interface Named {
  user: User | undefined
  type: IdentifierType
}

/** A number names whom it would let sign in by a text, and them alone. */
async function whoIs(system: System, { typed, country }: PasswordAnswer): Promise<Named> {
  const parsed = parsePhoneNumber(typed, country ?? system.organization.defaultCountry)
  if (parsed.kind !== 'number') return { user: await system.users.find(typed.trim()), type: 'userPrincipalName' }
  const holder = await findPerson(system, parsed.number)
  return { user: await system.users.find(holder?.user.id ?? nobody), type: 'phoneNumber' }
}

const nobody = '00000000-0000-0000-0000-000000000000'

function attemptOf(
  { typed, interaction, address, userAgent, requestId }: PasswordAnswer,
  { user, type }: Named,
): Omit<SignInAttempt, 'id' | 'startedAt' | 'result'> {
  return {
    correlationId: requestId,
    userId: user?.id,
    userDisplayName: user?.displayName,
    userPrincipalName: user?.userPrincipalName,
    appId: interaction.appId,
    appDisplayName: interaction.appName,
    identifier: typed,
    identifierType: type,
    address,
    userAgent,
    protocol: interaction.isDeviceCode ? 'deviceCode' : 'oAuth2',
    isInteractive: true,
  }
}

const wrongCodes: Readonly<Record<WrongPassword, SignInResultCode>> = { wrong: 50126, unknown: 50034, disabled: 50057, none: 50056 }

const steps: Readonly<Record<Exclude<PasswordOutcome['kind'], 'wrong'>, readonly [SignInStepResult, SignInResultCode]>> = {
  passed: ['correctPassword', 0],
  expired: ['correctPassword', 50055],
  locked: ['tooManyTries', 50053],
  slow_down: ['tooManyTries', 50053],
}

function written(outcome: PasswordOutcome, at: Date): [SignInStep, SignInResultCode] {
  const [result, code] = outcome.kind === 'wrong' ? (['wrongPassword', wrongCodes[outcome.why]] as const) : steps[outcome.kind]
  const succeeded = outcome.kind === 'passed'
  return [{ at, method: 'Password', detail: undefined, succeeded, result, requirement: 'Primary authentication' }, code]
}
