import { type Act, type Actor, type Decision, mayAdminister, type Target } from './administer.ts'
import type { Caller } from './caller.ts'
import { missingFor, type PermissionName } from './permissions.ts'
import { Refusal, type RefusalDetails, refuse } from './refusal.ts'

/** Goes on only when the decision is yes; otherwise says why not, and which role could. */
export function allowedBy(decision: Decision): void {
  if (decision.allowed) return
  refuse(decision.because, named('roles', decision.roles))
}

/** Goes on only when the actor may do all of this to that person. */
export function requireMay(actor: Actor, acts: readonly Act[], target: Target, now: Date): void {
  for (const act of acts) allowedBy(mayAdminister(actor, act, target, now))
}

/** Goes on only when the caller may use this door; otherwise says which scopes and which roles open it. */
export function requirePermission(caller: Caller, name: PermissionName, now: Date): void {
  const missing = missingFor(caller, name, now)
  if (missing) refuse(missing.because, { ...named('scopes', missing.scopes), ...named('roles', missing.roles) })
}

/** What would be refused, for whoever asks before they try; undefined where nothing would. */
export function whyNot(ask: () => void): Refusal | undefined {
  try {
    ask()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function named(name: 'scopes' | 'roles', needed: readonly string[]): RefusalDetails {
  return needed.length > 0 ? { [name]: needed.join(', ') } : {}
}
