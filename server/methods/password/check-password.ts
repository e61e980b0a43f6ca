import { isTemporaryOver, mayBePassword } from '#server/domain/password-policy.ts'
import { type Denied, type Paid, payForSecret, type SecretTry } from '#server/domain/secret-try.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<
  System,
  | 'writing'
  | 'atOnce'
  | 'now'
  | 'budgets'
  | 'limits'
  | 'signInSettings'
  | 'passwords'
  | 'personPasswords'
  | 'passwordTries'
  | 'knownBrowsers'
>

/** Why it was not let in; only the log tells the last ones apart. */
export type WrongPassword = 'wrong' | 'unknown' | 'disabled' | 'none'

export type PasswordOutcome =
  | { kind: 'passed'; userId: string; mustChange: boolean }
  | { kind: 'wrong'; why: WrongPassword }
  /** It was right, but given by somebody else for a day, and the day is over. */
  | { kind: 'expired'; userId: string }
  | Denied

type Alongside = (stores: Stores, outcome: PasswordOutcome) => Promise<void>

/** Pays for a password and holds it against what is kept. `alongside` is kept together with the outcome. */
export async function checkPassword(system: Needs, tried: SecretTry, alongside: Alongside): Promise<PasswordOutcome> {
  const paid = await payForSecret(system, tried)
  if (paid.kind === 'paid') return checkPaidPassword(system, tried, paid, alongside)
  return paid.kind === 'locked' ? conclude(system, paid, alongside) : paid
}

/**
 * Holds a password that is paid for against what is kept. A name nobody has, a closed account and a person without a password cost the same work
 * and get the same answer.
 */
export async function checkPaidPassword(system: Needs, tried: SecretTry, paid: Paid, alongside: Alongside): Promise<PasswordOutcome> {
  const { user, secret: password } = tried
  const now = system.now()
  const kept = await system.personPasswords.find(user?.id ?? nobody)
  // What is too long for a password is nobody's, and hashing it would be work for whoever sends much.
  const isRight = await system.passwords.verify(mayBePassword(password) ? password : '', kept?.hash)
  if (!user || !kept || !isRight || !user.accountEnabled) return conclude(system, { kind: 'wrong', why: whyWrong(tried, kept) }, alongside)

  if (isTemporaryOver(kept, now)) return conclude(system, { kind: 'expired', userId: user.id }, alongside)
  const fresher = system.passwords.isOutdated(kept.hash) ? await system.passwords.hash(password) : undefined
  const outcome = await system.writing(async (stores): Promise<PasswordOutcome> => {
    const current = await stores.personPasswords.find(user.id)
    const isStill = current?.hash === kept.hash
    const result: PasswordOutcome = isStill
      ? { kind: 'passed', userId: user.id, mustChange: current.mustChange }
      : { kind: 'wrong', why: 'wrong' }
    if (isStill) await stores.passwordTries.clear(paid.trier)
    if (isStill && fresher) await stores.personPasswords.rehash(user.id, kept.hash, fresher)
    await alongside(stores, result)
    return result
  })
  if (outcome.kind === 'passed') system.budgets.refund(paid.charges, now)
  return outcome
}

/** An id no person has. */
const nobody = '00000000-0000-0000-0000-000000000000'

function whyWrong({ user }: SecretTry, kept: object | undefined): WrongPassword {
  if (!user) return 'unknown'
  if (!user.accountEnabled) return 'disabled'
  return kept ? 'wrong' : 'none'
}

async function conclude(system: Needs, outcome: PasswordOutcome, alongside: Alongside): Promise<PasswordOutcome> {
  await system.writing((stores) => alongside(stores, outcome))
  return outcome
}
