import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { type AskedStrength, isTwoFactors, strengthAsked } from '#server/domain/acr-values.ts'
import { strongProofMaxAgeHours } from '#server/domain/administer.ts'
import { demandsStrongProof } from '#server/domain/web-app.ts'
import type { System } from '#server/system.ts'
import { isIdle } from './power-life.ts'

const { base, Check, Prompt } = interactionPolicy

/** Why somebody who is signed in is asked for more. */
export const tooWeak = 'too_weak'
export const unobtainable = 'unobtainable'
export const idle = 'idle'

/** How long a session's proofs count where two factors are asked for. */
export const strongProofMaxAgeMs = strongProofMaxAgeHours * 3_600_000

/**
 * When a person has to be asked for something. Consent is not among it: an administrator gives that for everybody, so an app that lacks it
 * is told so before anybody signs in.
 */
export function promptPolicy(system: () => System): interactionPolicy.DefaultPolicy {
  const policy = base()
  // Apps may ask for consent by name; that there is none to ask for is no reason to turn them away.
  policy.get('consent')?.checks.clear()
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  const checks = policy.get('login')?.checks
  checks?.add(
    new Check('session_over', 'the session belongs to somebody who may not sign in any more', 'login_required', ({ oidc }) => {
      return oidc.session?.accountId !== undefined && oidc.account === undefined
    }),
    0,
  )
  // The library's own take a value to the letter, so that a stronger sign-in than was asked for would be asked for again, without end.
  checks?.remove('essential_acr')
  checks?.remove('essential_acrs')
  checks?.add(new Check(tooWeak, 'a second factor is needed', (context) => isTooWeak(context, system().now())))
  checks?.add(new Check(unobtainable, 'what the app insists on cannot be proven here', (context) => askedIn(context) === 'unobtainable'))
  checks?.add(
    new Check(idle, 'nobody has used this for a while', 'login_required', (context) => {
      const { result, session, client } = context.oidc
      // Whoever has half of what is asked is asked for the other half, which is as good.
      const isAskedAnyhow = result?.login !== undefined || isTooWeak(context, system().now())
      return !isAskedAnyhow && isIdle(system(), session, client?.clientId ?? '')
    }),
  )
  return policy
}

/** What the app that asks now wants, whether it says so or we know. */
export function strengthWanted(appId: string, params: Readonly<Record<string, unknown>>): AskedStrength {
  const asked = strengthAsked({ acrValues: params['acr_values'], claims: params['claims'] })
  return asked === 'one factor' && demandsStrongProof(appId) ? 'two factors' : asked
}

function isTooWeak(context: KoaContextWithOIDC, now: Date): boolean {
  const { session } = context.oidc
  if (askedIn(context) !== 'two factors') return false
  if (!isTwoFactors(session?.acr)) return true
  return now.getTime() - (session?.authTime() ?? 0) * 1000 > strongProofMaxAgeMs
}

function askedIn({ oidc }: KoaContextWithOIDC): AskedStrength {
  return strengthWanted(oidc.client?.clientId ?? '', { ...oidc.params })
}
