import { isTemporaryOver, mayBePassword } from '#server/domain/password-policy.ts'
import type { Stores, System } from '#server/system.ts'
import { chargesForPassword } from './charges.ts'

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

export interface PasswordTry {
  /** Nobody, where the name is unknown; then all is done but nothing opens. */
  user: { id: string; accountEnabled: boolean } | undefined
  /** What was typed for a name: wrong passwords for a name nobody has are counted too. */
  name: string
  password: string
  place: Place
  address: string
}

/** On the sign-in page a browser may bring the cookie of one that is known; whoever is signed in is counted apart from all strangers. */
export type Place = { kind: 'browser'; device: string | undefined } | { kind: 'signed in' }

/** Why it was not let in; only the log tells the last ones apart. */
export type WrongPassword = 'wrong' | 'unknown' | 'disabled' | 'none'

export type PasswordOutcome =
  | { kind: 'passed'; userId: string; mustChange: boolean }
  | { kind: 'wrong'; why: WrongPassword }
  /** It was right, but given by somebody else for a day, and the day is over. */
  | { kind: 'expired'; userId: string }
  | { kind: 'locked'; until: Date }
  | { kind: 'slow_down'; retryAfterSeconds: number }

type Alongside = (stores: Stores, outcome: PasswordOutcome) => Promise<void>

/**
 * Holds a password against what is kept. Everything is paid before it is looked at; a name nobody has, a closed account and a person without a
 * password cost the same work and get the same answer. `alongside` is kept together with a right one.
 */
export async function checkPassword(system: Needs, tried: PasswordTry, alongside: Alongside): Promise<PasswordOutcome> {
  const { user, name, password, address } = tried
  const now = system.now()
  const device = await knownAs(system, tried, now)
  const charges = chargesForPassword(system, { address, device })
  const denials = await system.budgets.take(charges, now)
  if (denials.length > 0) {
    const retryAfterMs = Math.max(...denials.map((denial) => denial.retryAfterMs))
    return { kind: 'slow_down', retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }
  }
  const trier = { person: user?.id ?? `nobody ${name}`, device }
  const until = await system.atOnce.passwordTries.pay(trier, password, now)
  if (until) return conclude(system, { kind: 'locked', until }, alongside)

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
    if (isStill) await stores.passwordTries.clear(trier)
    if (isStill && fresher) await stores.personPasswords.rehash(user.id, kept.hash, fresher)
    await alongside(stores, result)
    return result
  })
  if (outcome.kind === 'passed') system.budgets.refund(charges, now)
  return outcome
}

/** What is counted apart from the guesses of strangers. */
async function knownAs({ knownBrowsers }: Needs, { user, place }: PasswordTry, now: Date): Promise<string | undefined> {
  if (place.kind === 'signed in') return `signed in ${user?.id ?? nobody}`
  const isKnown = place.device !== undefined && (await knownBrowsers.isKnown(place.device, user?.id, now))
  return isKnown ? place.device : undefined
}

/** An id no person has. */
const nobody = '00000000-0000-0000-0000-000000000000'

function whyWrong({ user }: PasswordTry, kept: object | undefined): WrongPassword {
  if (!user) return 'unknown'
  if (!user.accountEnabled) return 'disabled'
  return kept ? 'wrong' : 'none'
}

async function conclude(system: Needs, outcome: PasswordOutcome, alongside: Alongside): Promise<PasswordOutcome> {
  await system.writing((stores) => alongside(stores, outcome))
  return outcome
}
