import { mayUseRole, roleGivers } from '#server/domain/administer.ts'
import { openidScopes } from '#server/domain/app-rules.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy } from '#server/domain/decide.ts'
import { everyScope, isMightyScope } from '#server/domain/permissions.ts'
import { refuse } from '#server/domain/refusal.ts'

/** Scopes an administrator may consent to; the mighty ones only if they could give roles just as well. */
export function requireMayConsent(caller: Caller, scopes: readonly string[], now: Date): void {
  const mighty = scopes.filter(isMightyScope)
  if (mighty.length === 0) return
  const decision = mayUseRole(caller, roleGivers, now)
  if (!decision.allowed && decision.because === 'role_missing')
    refuse('consent_too_mighty', { scopes: mighty.join(', '), roles: roleGivers.join(', ') })
  allowedBy(decision)
}

const knownScopes: ReadonlySet<string> = new Set([...openidScopes, ...everyScope])

/** The scopes a text names, each once. */
export function readScopes(text: string): string[] {
  const scopes = [...new Set(text.split(' ').filter(Boolean))]
  const unknown = scopes.find((scope) => !knownScopes.has(scope))
  if (unknown !== undefined) refuse('permission_unknown', { property: 'scope', permission: unknown.slice(0, 100) })
  return scopes
}
