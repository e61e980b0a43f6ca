/** What a proof shows: something somebody knows, has, or is. */
type Kind = 'knowledge' | 'possession' | 'inherence'

/**
 * What each proof shows, by its name in `amr` (RFC 8176). A text and a call both show a telephone, so the two together are still one factor.
 * A proof that shows two kinds at once has both in its row, and is enough by itself; what has no row, such as an e-mail, counts for nothing.
 */
const shownBy: Readonly<Record<string, readonly Kind[]>> = {
  pwd: ['knowledge'],
  sms: ['possession'],
  tel: ['possession'],
  // An administrator answers for whoever it was handed to, as they would for a person and their phone.
  tap: ['knowledge', 'possession'],
  // A secret that works once, which only whoever reached the server's terminal was shown.
  otp: ['possession'],
}

/** Said beside the proofs, once they are of two kinds. */
const twoFactors = 'mfa'

export type Strength = 'none' | 'one factor' | 'two factors'

export function kindsOf(methods: readonly string[]): Set<Kind> {
  return new Set(methods.flatMap((method) => shownBy[method] ?? []))
}

/** How strong these proofs are together. */
export function strengthOf(methods: readonly string[]): Strength {
  const { size } = kindsOf(methods)
  return size > 1 ? 'two factors' : size === 1 ? 'one factor' : 'none'
}

/** Whether this would be a factor beside what is proven already: it shows a kind that nothing so far has shown. */
export function addsFactor(method: string, proven: readonly string[]): boolean {
  return !kindsOf([method]).isSubsetOf(kindsOf(proven))
}

/** What tokens say of these proofs. */
export function amrOf(methods: readonly string[]): string[] {
  const isStrong = strengthOf(methods) === 'two factors'
  return [...new Set(methods), ...(isStrong ? [twoFactors] : [])]
}

/** What a session still proves of itself. One that never was called strong proves the first thing in it, whatever was set up in it later. */
export function methodsOfSession(amr: readonly string[]): string[] {
  return amr.includes(twoFactors) ? amr.filter((method) => method !== twoFactors) : amr.slice(0, 1)
}
