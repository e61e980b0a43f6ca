import type { Interaction, Proof } from '#server/domain/interaction.ts'
import { passProof } from '#server/domain/pass.ts'
import { parsePhoneNumber } from '#server/domain/phone-number.ts'
import { payForSecret, type SecretTry } from '#server/domain/secret-try.ts'
import type { IdentifierType, SignInAttempt, SignInStep, SignInStepResult } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { User } from '#server/domain/user.ts'
import { fold } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { PasswordOutcome, WrongPassword } from '#server/methods/password/check-password.ts'
import type { PassOutcome } from '#server/methods/temporary-access-pass/check-pass.ts'
import type { Stores, System } from '#server/system.ts'
import { requirementOf } from './conclude.ts'
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

export type SecretOutcome = PasswordOutcome | PassOutcome

export type ProvenPassword = { outcome: SecretOutcome; attemptId: string; due: Due | undefined }

/** Holds what was typed against the password and the pass of whoever was named. Every outcome is written down in the same way, whether anybody has that name or not. */
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
  const keep = async (stores: Stores, checked: SecretOutcome) => {
    const now = system.now()
    const proofs = [isByPass(checked) ? passProof : 'pwd']
    if (checked.kind === 'passed') {
      await stores.knownBrowsers.remember(answer.device, checked.userId, now)
      due = await finish(stores, { userId: checked.userId, methods: proofs, provenAt: now, attemptId })
    }
    const [step, code] = written(checked, { at: now, ...system })
    const result = due ? waitingFor[due] : code
    const requirement = requirementOf(checked.kind === 'passed' ? proofs : [])
    if (answer.attemptId) await stores.signIns.close(attemptId, result, { step, requirement })
    else await stores.signIns.add({ ...attemptOf(answer, { user, type }), id: attemptId, startedAt: now, result }, [step], { requirement })
  }
  return { outcome: await checkSecret(system, tried, keep), attemptId, due }
}

/** Both for one price: a pass first, since whoever has one was given it to get in now, and then a password. */
async function checkSecret(
  system: System,
  tried: SecretTry,
  keep: (stores: Stores, checked: SecretOutcome) => Promise<void>,
): Promise<SecretOutcome> {
  if (!system.takesPasses) return methods.password.checkPassword(system, tried, keep)
  const paid = await payForSecret(system, tried)
  if (paid.kind === 'locked') await system.writing((stores) => keep(stores, paid))
  if (paid.kind !== 'paid') return paid
  const byPass = await methods['temporary-access-pass'].checkPaidPass(system, tried, paid, keep)
  return byPass ?? methods.password.checkPaidPassword(system, tried, paid, keep)
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

const uselessPasses = { NotYetValid: 130503, DisabledByPolicy: 130502, Expired: 130504, OneTimeUsed: 130505 } as const

function isByPass(outcome: SecretOutcome): outcome is PassOutcome {
  return outcome.kind === 'unusable' || 'by' in outcome
}

function written(
  outcome: SecretOutcome,
  asked: { at: Date } & Pick<System, 'hasPasswords' | 'takesPasses'>,
): [SignInStep, SignInResultCode] {
  const { at } = asked
  // Who has no password can only have meant a pass.
  const isWrongPass = outcome.kind === 'wrong' && asked.takesPasses && (outcome.why === 'none' || !asked.hasPasswords)
  const [result, code] = isWrongPass ? (['wrongPass', 130503] as const) : wordsOf(outcome)
  const method = isWrongPass || isByPass(outcome) ? 'Temporary Access Pass' : 'Password'
  const succeeded = outcome.kind === 'passed'
  return [{ at, method, detail: undefined, succeeded, result, requirement: 'Primary authentication' }, code]
}

function wordsOf(outcome: SecretOutcome): readonly [SignInStepResult, SignInResultCode] {
  if (outcome.kind === 'unusable') return ['passNotUsable', uselessPasses[outcome.because]]
  if (isByPass(outcome)) return ['correctPass', 0]
  return outcome.kind === 'wrong' ? ['wrongPassword', wrongCodes[outcome.why]] : steps[outcome.kind]
}
