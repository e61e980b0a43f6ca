/** How strongly somebody signed in, the weakest first: by one factor, by two, by something that no false page can ask for. */
export const acrValues = ['urn:sesam:acr:sfa', 'urn:sesam:acr:mfa', 'urn:sesam:acr:phr'] as const

type Acr = (typeof acrValues)[number]

export function acrOf(methods: readonly string[]): Acr {
  return methods.includes('mfa') ? 'urn:sesam:acr:mfa' : 'urn:sesam:acr:sfa'
}

/** How strong a sign-in an app asks for; `unobtainable` is what it insists on and nobody can prove here. */
export type AskedStrength = 'one factor' | 'two factors' | 'unobtainable'

/**
 * What an app asks, by `acr_values` or by an essential claim. Of several values it names, the weakest will do. A wish that is unknown here is
 * left unanswered, as OpenID Connect has it, and one that is too high is met as far as can be; an essential claim is neither.
 */
export function strengthAsked({ acrValues: wished, claims }: { acrValues: unknown; claims: unknown }): AskedStrength {
  const essential = essentialAcrs(claims)
  const ranks = (essential ?? (typeof wished === 'string' ? wished.split(' ') : [])).map(rankOf).filter((rank) => rank >= 0)
  if (ranks.length === 0) return essential ? 'unobtainable' : 'one factor'
  const rank = Math.min(...ranks)
  if (rank > 1 && essential) return 'unobtainable'
  return rank > 0 ? 'two factors' : 'one factor'
}

/** Whether a session that was called so is strong enough. */
export function isTwoFactors(acr: string | undefined): boolean {
  return rankOf(acr ?? '') > 0
}

function rankOf(value: string): number {
  const known: readonly string[] = acrValues
  return known.indexOf(value)
}

/** The library has checked by now that this is JSON, and an object. */
function essentialAcrs(claims: unknown): string[] | undefined {
  if (typeof claims !== 'string') return undefined
  const { id_token: asked }: { id_token?: { acr?: { essential?: unknown; value?: unknown; values?: unknown } | null } } = JSON.parse(claims)
  const { essential, value, values } = asked?.acr ?? {}
  if (essential !== true || (value === undefined && values === undefined)) return undefined
  return [value, ...(Array.isArray(values) ? values : [])].filter((each) => each !== undefined).map(String)
}
