import type { Actor, Decision } from './administer.ts'
import { type Act, mayAdminister, type Target } from './administer.ts'
import { refuse } from './refusal.ts'

/** Goes on only when the decision is yes; otherwise says why not, and which role could. */
export function allowedBy(decision: Decision): void {
  if (decision.allowed) return
  refuse(decision.because, { roles: decision.roles.join(', ') || '-', scopes: '-' })
}

/** Goes on only when the actor may do all of this to that person. */
export function requireMay(actor: Actor, acts: readonly Act[], target: Target, now: Date): void {
  for (const act of acts) allowedBy(mayAdminister(actor, act, target, now))
}
