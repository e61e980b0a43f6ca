import type { RoleName } from '#contract/graph/role-templates.ts'
import { type Actor, type Decision, mayAdminister, type Target } from './administer.ts'
import { roleName } from './roles.ts'

/** Who may see what other people prove themselves with, the weakest first. */
export const methodReaders = [
  'Global Reader',
  'Authentication Administrator',
  'Privileged Authentication Administrator',
  'Global Administrator',
] as const satisfies readonly RoleName[]

/** Those who see whole numbers; the others recognise one by its end. */
const wholeNumberReaders: readonly RoleName[] = ['Privileged Authentication Administrator', 'Global Administrator']

/** Looking changes nothing, so a role over everybody shows everybody; one over a unit, those members who hold nothing. */
export function mayReadMethods(actor: Actor, target: Target): Decision {
  const allowed = actor.isApp || actor.id === target.id || reaches(actor, target, methodReaders)
  return allowed ? { allowed } : { allowed: false, because: 'target_out_of_reach', roles: methodReaders }
}

export function seesWholeNumbers(actor: Actor, target: Target, now: Date): boolean {
  if (actor.id === target.id) return true
  // An app learns no number it could not set as well.
  if (actor.isApp) return mayAdminister(actor, 'manage-methods', target, now).allowed
  return reaches(actor, target, wholeNumberReaders)
}

function reaches(actor: Actor, target: Target, names: readonly RoleName[]): boolean {
  return actor.roles.some(({ roleId, scope }) => {
    const name = roleName(roleId)
    if (name === undefined || !names.includes(name)) return false
    if (scope.kind === 'tenant') return true
    if (scope.kind === 'object') return scope.objectId === target.id
    return target.unitIds.includes(scope.unitId) && target.roles.length === 0 && !target.inRoleAssignableGroup
  })
}
