import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import type { RefusalCode } from '#contract/refusals.ts'
import { type HeldRole, holdsTenantWide, isAssignableAtUnit, type RoleScope, roleName } from '#server/domain/roles.ts'
import type { UserType } from '#server/domain/user.ts'

export interface Actor {
  id: string
  /** Roles in force at this moment, read from the store; one the actor is merely eligible for gives no power. */
  roles: readonly HeldRole[]
  /** A guest's role counts as much as a member's. */
  userType: UserType
  /** When this session last proved a second factor. */
  strongProofAt: Date | undefined
  /** An app in its own name: it holds no roles, and may do to people without any what its permissions open. */
  isApp?: true
}

export interface Target {
  id: string
  /** Every role that is or could become theirs: direct, by group, by group in group, and eligible. */
  roles: readonly HeldRole[]
  /** Member or owner, at any depth, of a group that may be given roles. */
  inRoleAssignableGroup: boolean
  unitIds: readonly string[]
  /** Those of `unitIds` that restrict who may manage their members. */
  restrictedUnitIds: readonly string[]
}

type Reason = Extract<
  RefusalCode,
  'role_missing' | 'target_protected' | 'target_out_of_reach' | 'not_on_yourself' | 'stronger_sign_in_needed' | 'role_not_at_unit'
>

/** `roles` are those that could, the weakest first. */
export type Decision = { allowed: true } | { allowed: false; because: Reason; roles: readonly RoleName[] }

/** What a target may hold. `other role` stands for every role that has no row of its own, custom ones included. */
export type Holding = 'nothing' | 'role-assignable group' | 'restricted-unit role' | 'other role' | RoleName

type Matrix = readonly { targetHolds: readonly Holding[]; by: readonly RoleName[] }[]

const overAnyone = ['Privileged Authentication Administrator', 'Global Administrator'] as const
const anything = ['nothing', 'role-assignable group', 'restricted-unit role', 'other role'] as const

const passwordMatrix: Matrix = [
  {
    targetHolds: ['nothing', 'Directory Readers', 'Guest Inviter', 'Password Administrator'],
    by: ['Password Administrator', 'Helpdesk Administrator', 'Authentication Administrator', 'User Administrator', ...overAnyone],
  },
  {
    targetHolds: ['Message Center Reader', 'Reports Reader', 'Usage Summary Reports Reader', 'User Experience Success Manager'],
    by: ['Helpdesk Administrator', 'Authentication Administrator', 'User Administrator', ...overAnyone],
  },
  { targetHolds: ['Helpdesk Administrator'], by: ['Helpdesk Administrator', 'User Administrator', ...overAnyone] },
  { targetHolds: ['Authentication Administrator'], by: ['Authentication Administrator', ...overAnyone] },
  { targetHolds: ['Groups Administrator', 'User Administrator'], by: ['User Administrator', ...overAnyone] },
  { targetHolds: ['role-assignable group', 'restricted-unit role', 'other role'], by: overAnyone },
]

const sensitiveMatrix: Matrix = [
  {
    targetHolds: [
      'nothing',
      'Directory Readers',
      'Guest Inviter',
      'Message Center Reader',
      'Password Administrator',
      'Reports Reader',
      'Usage Summary Reports Reader',
      'User Experience Success Manager',
    ],
    by: ['Authentication Administrator', 'User Administrator', ...overAnyone],
  },
  { targetHolds: ['Authentication Administrator'], by: ['Authentication Administrator', ...overAnyone] },
  {
    targetHolds: ['Groups Administrator', 'Helpdesk Administrator', 'User Administrator'],
    by: ['User Administrator', ...overAnyone],
  },
  { targetHolds: ['role-assignable group', 'restricted-unit role', 'other role'], by: overAnyone },
]

type Reach = ReadonlyMap<RoleName, ReadonlySet<Holding>>

const passwordReach = reachOf(passwordMatrix)
const sensitiveReach = reachOf(sensitiveMatrix)
const methodsReach = reachOf(columnsOf(sensitiveMatrix, ['Authentication Administrator', ...overAnyone]))

/** For every act: which roles can do it, the weakest first, and everything a target may hold without being out of that role's reach. */
export const reachByAct = {
  'reset-password': passwordReach,
  'revoke-sessions': passwordReach,
  // businessPhones, mobilePhone and otherMails: whoever may reset a password may also correct where its reset codes go.
  'contact-change': passwordReach,
  'sensitive-change': sensitiveReach,
  disable: sensitiveReach,
  'delete-or-restore': sensitiveReach,
  'manage-methods': methodsReach,
  'issue-pass': methodsReach,
  'basic-change': reachOf([{ targetHolds: anything, by: ['User Administrator', 'Global Administrator'] }]),
  'assign-licence': reachOf([{ targetHolds: anything, by: ['License Administrator', 'User Administrator', 'Global Administrator'] }]),
} as const satisfies Record<string, Reach>

export type Act = keyof typeof reachByAct

/** A stolen administrator session must not give itself a new key, nor a slip of the hand lock its owner out. */
const neverOnOneself: ReadonlySet<Act> = new Set(['reset-password', 'disable', 'delete-or-restore', 'issue-pass'])

export const strongProofMaxAgeHours = 8

/** May this administrator do this to that person? */
export function mayAdminister(actor: Actor, act: Act, target: Target, now: Date): Decision {
  const reach = reachByAct[act]
  const holdings = holdingsOf(target)
  if (actor.id === target.id && neverOnOneself.has(act)) return refused('not_on_yourself', rolesOver(reach, target, holdings))

  if (actor.isApp) {
    const isReached = holdings.includes('nothing') && target.restrictedUnitIds.length === 0
    return isReached ? { allowed: true } : refused('target_protected', rolesOver(reach, target, holdings))
  }

  // Out of reach is out of sight: until a role extends to the target, refusals name all roles of the act and tell nothing of the target.
  const fitting = actor.roles.filter(({ roleId }) => reachOfRole(reach, roleId) !== undefined)
  if (fitting.length === 0) return refused('role_missing', [...reach.keys()])
  const covering = fitting.filter((role) => covers(role, target))
  if (covering.length === 0) return refused('target_out_of_reach', [...reach.keys()])

  const sufficient = covering.filter((role) => outranks(role, reach, holdings))
  if (sufficient.length === 0) return refused('target_protected', rolesOver(reach, target, holdings))
  return hasStrongProof(actor, now) ? { allowed: true } : refused('stronger_sign_in_needed', namesOf(sufficient))
}

/** For what concerns no person: does the actor hold one of these roles over the whole organisation, with a fresh proof? */
export function mayUseRole(actor: Actor, names: readonly RoleName[], now: Date): Decision {
  if (!holdsTenantWide(actor.roles, names)) return refused('role_missing', names)
  return hasStrongProof(actor, now) ? { allowed: true } : refused('stronger_sign_in_needed', names)
}

/** A person or group whose roles change. */
export interface Principal {
  id: string
  /** The actor is a member or owner of this group, at any depth. */
  includesActor: boolean
}

export const roleGivers = ['Privileged Role Administrator', 'Global Administrator'] as const satisfies readonly RoleName[]

/**
 * For every way somebody's roles change: given, taken away, or by a role-assignable group, where the principal is who joins, leaves, owns
 * or disowns it. Nobody changes their own, not even downwards.
 */
export function mayChangeRolesOf(actor: Actor, principal: Principal, now: Date): Decision {
  if (principal.id === actor.id || principal.includesActor) return refused('not_on_yourself', roleGivers)
  return mayUseRole(actor, roleGivers, now)
}

export function mayAssignRole(actor: Actor, roleId: string, scope: RoleScope, principal: Principal, now: Date): Decision {
  const decision = mayChangeRolesOf(actor, principal, now)
  if (!decision.allowed && decision.because !== 'stronger_sign_in_needed') return decision
  if (scope.kind === 'unit' && !isAssignableAtUnit(roleId)) return refused('role_not_at_unit', [])
  return decision
}

/**
 * `globalAdministratorIds` are the enabled people who hold the role over the whole organisation, in whichever way, before the change.
 * Several may lose it at once, as when the group that gave it to them is deleted.
 */
export function leavesNoGlobalAdministrator(facts: { globalAdministratorIds: readonly string[]; leavingIds: readonly string[] }): boolean {
  const { globalAdministratorIds, leavingIds } = facts
  return globalAdministratorIds.length > 0 && globalAdministratorIds.every((id) => leavingIds.includes(id))
}

export function hasStrongProof(actor: Actor, now: Date): boolean {
  if (actor.strongProofAt === undefined) return false
  return now.getTime() - actor.strongProofAt.getTime() <= strongProofMaxAgeHours * 60 * 60 * 1000
}

function refused(because: Reason, roles: readonly RoleName[]): Decision {
  return { allowed: false, because, roles }
}

function holdingsOf(target: Target): readonly Holding[] {
  const holdings: Holding[] = target.roles.map((role) =>
    role.restrictedUnit ? 'restricted-unit role' : (roleName(role.roleId) ?? 'other role'),
  )
  if (target.inRoleAssignableGroup) holdings.push('role-assignable group')
  return holdings.length === 0 ? ['nothing'] : holdings
}

/**
 * Whether the scope of a role extends to the target at all. Members of a unit with restricted management are kept from everybody but those
 * who hold a role over that very unit. Entra keeps them from Global Administrators too, until these give themselves such a role. Nobody can
 * do that to themselves here, so a lone Global Administrator would be shut out: theirs is the one other role that reaches these members.
 */
export function covers({ roleId, scope }: HeldRole, target: Pick<Target, 'id' | 'unitIds' | 'restrictedUnitIds'>): boolean {
  const isRestricted = target.restrictedUnitIds.length > 0
  switch (scope.kind) {
    case 'tenant':
      return !isRestricted || roleName(roleId) === 'Global Administrator'
    case 'unit':
      return isAssignableAtUnit(roleId) && (isRestricted ? target.restrictedUnitIds : target.unitIds).includes(scope.unitId)
    case 'object':
      return !isRestricted && scope.objectId === target.id
  }
}

/** One role must be enough for all that the target holds: two weak ones do not add up. Over a unit, only who holds nothing is reached. */
function outranks({ roleId, scope }: HeldRole, reach: Reach, holdings: readonly Holding[]): boolean {
  if (scope.kind === 'unit' && !holdings.includes('nothing')) return false
  const reached = reachOfRole(reach, roleId)
  return reached !== undefined && holdings.every((holding) => reached.has(holding))
}

function rolesOver(reach: Reach, target: Target, holdings: readonly Holding[]): RoleName[] {
  const strong = [...reach].filter(([, reached]) => holdings.every((holding) => reached.has(holding))).map(([name]) => name)
  return target.restrictedUnitIds.length === 0 ? strong : strong.filter((name) => name === 'Global Administrator')
}

function reachOfRole(reach: Reach, roleId: string): ReadonlySet<Holding> | undefined {
  const name = roleName(roleId)
  return name === undefined ? undefined : reach.get(name)
}

function namesOf(roles: readonly HeldRole[]): RoleName[] {
  return [...new Set(roles.map(({ roleId }) => roleName(roleId)))].filter((name) => name !== undefined)
}

function columnsOf(matrix: Matrix, columns: readonly RoleName[]): Matrix {
  return matrix.map(({ targetHolds, by }) => ({ targetHolds, by: by.filter((role) => columns.includes(role)) }))
}

function reachOf(matrix: Matrix): Reach {
  const named = new Set(matrix.flatMap(({ targetHolds }) => targetHolds))
  const others = roleTemplates.map(({ displayName }) => displayName).filter((name) => !named.has(name))
  const reach = new Map<RoleName, Set<Holding>>()
  for (const { targetHolds, by } of matrix) {
    const holdings = targetHolds.includes('other role') ? [...targetHolds, ...others] : targetHolds
    for (const role of by) reach.set(role, new Set([...(reach.get(role) ?? []), ...holdings]))
  }
  return reach
}
