import type { Act } from './administer.ts'
import type { Domain } from './organization.ts'
import { refuse } from './refusal.ts'
import type { User, UserChanges } from './user.ts'

/** Which act each property belongs to; what is not named here is an ordinary change. */
const actOf: Readonly<Partial<Record<keyof UserChanges, Act>>> = {
  mobilePhone: 'contact-change',
  businessPhones: 'contact-change',
  otherMails: 'contact-change',
  userPrincipalName: 'sensitive-change',
  password: 'reset-password',
}

/** Everything the actor must be allowed to do for these changes, each once. */
export function actsIn(changes: UserChanges): Act[] {
  const acts = Object.keys(changes).map((property): Act => {
    if (property === 'accountEnabled') return changes.accountEnabled ? 'sensitive-change' : 'disable'
    return actOf[property as keyof UserChanges] ?? 'basic-change'
  })
  return [...new Set(acts)]
}

/** A user principal name ends in a verified domain of this organisation, so that sign-in can find the organisation by it. */
export function refuseForeignDomain(userPrincipalName: string, domains: readonly Domain[]): void {
  const name = userPrincipalName.split('@')[1]?.toLowerCase()
  const verified = domains.filter((domain) => domain.isVerified).map((domain) => domain.name)
  if (!name || !verified.includes(name)) refuse('domain_not_verified', { property: 'userPrincipalName', domains: verified.join(', ') })
}

/** What a change looks like in the audit log: numbers masked, passwords as stars. */
export function changedProperties(
  before: User | undefined,
  changes: UserChanges,
): { name: string; from: string | null; to: string | null }[] {
  return Object.entries(changes).map(([name, value]) => {
    if (name === 'password') return { name: 'passwordProfile', from: null, to: '***' }
    const old = before ? before[name as keyof User] : undefined
    return { name, from: shown(name, old), to: shown(name, value) }
  })
}

const numbers = new Set(['mobilePhone', 'businessPhones'])

function shown(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return numbers.has(name) ? text.replace(/\d(?=(?:\D*\d){2})/g, 'X') : text
}
