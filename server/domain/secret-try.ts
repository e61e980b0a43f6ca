import type { System } from '#server/system.ts'
import type { Charge } from './budget.ts'
import { chargesForSecret } from './secret-charges.ts'

type Needs = Pick<System, 'atOnce' | 'now' | 'budgets' | 'limits' | 'signInSettings' | 'knownBrowsers'>

/** A password or a pass that somebody typed. */
export interface SecretTry {
  /** Nobody, where the name is unknown; then all is done but nothing opens. */
  user: { id: string; accountEnabled: boolean } | undefined
  /** What was typed for a name: wrong secrets for a name nobody has are counted too. */
  name: string
  secret: string
  place: Place
  address: string
}

/** On the sign-in page a browser may bring the cookie of one that is known; whoever is signed in is counted apart from all strangers. */
export type Place = { kind: 'browser'; device: string | undefined } | { kind: 'signed in' }

/** Who pays, and what comes back where the secret is right. */
export interface Paid {
  kind: 'paid'
  trier: { person: string; device: string | undefined }
  charges: readonly Charge[]
}

export type Denied = { kind: 'locked'; until: Date } | { kind: 'slow_down'; retryAfterSeconds: number }

/** Pays for one look at a secret before anybody looks. A name nobody has pays the same. */
export async function payForSecret(system: Needs, tried: SecretTry): Promise<Paid | Denied> {
  const { user, name, secret, address } = tried
  const now = system.now()
  const device = await knownAs(system, tried, now)
  const charges = chargesForSecret(system, { address, device })
  const denials = await system.budgets.take(charges, now)
  if (denials.length > 0) {
    const retryAfterMs = Math.max(...denials.map((denial) => denial.retryAfterMs))
    return { kind: 'slow_down', retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }
  }
  const trier = { person: user?.id ?? `nobody ${name}`, device }
  const until = await system.atOnce.passwordTries.pay(trier, secret, now)
  return until ? { kind: 'locked', until } : { kind: 'paid', trier, charges }
}

/** What is counted apart from the guesses of strangers. */
async function knownAs({ knownBrowsers }: Needs, { user, place }: SecretTry, now: Date): Promise<string | undefined> {
  if (place.kind === 'signed in') return `signed in ${user?.id ?? 'nobody'}`
  const isKnown = place.device !== undefined && (await knownBrowsers.isKnown(place.device, user?.id, now))
  return isKnown ? place.device : undefined
}
