import type { RoleName } from '#contract/graph/role-templates.ts'
import type { RefusalCode } from '#contract/refusals.ts'
import { type Act, mayAdminister, reachByAct, type Target } from '#server/domain/administer.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { MethodStanding } from '#server/domain/method-policy.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import { holdsTenantWide, roleName } from '#server/domain/roles.ts'
import { isReachable } from '#server/domain/tell-of-change.ts'
import type { User } from '#server/domain/user.ts'

/** All that decides what a manager can do for somebody. */
export interface StaffFacts {
  user: User
  target: Target
  mobile: PersonPhone | undefined
  /** What policy says of passes, and whether to this person. */
  passPolicy: Pick<MethodStanding, 'isEnabled' | 'isAllowed'>
  /** Lately this person said no when they were asked about their number. */
  hasRefused: boolean
}

/** Why an act is closed; `roles` are those that could, where it is for want of one. */
export interface Closed {
  code: RefusalCode
  roles: readonly RoleName[]
}

/** What a manager does, as the matrices of all administrators name it. */
const actsOfStaff = { number: 'manage-methods', password: 'reset-password', pass: 'issue-pass' } as const satisfies Record<string, Act>

/** Every role that is of any use here: who has none of them has nothing to look for. */
const staffRoles: readonly RoleName[] = [...reachByAct['reset-password'].keys()]

/** Where a manager's people are: in these units, or everywhere. */
export function placesOf({ roles }: Pick<Caller, 'roles'>): 'everywhere' | readonly string[] {
  if (holdsTenantWide(roles, staffRoles)) return 'everywhere'
  const fitting = roles.filter(({ roleId }) => staffRoles.some((name) => name === roleName(roleId)))
  return [...new Set(fitting.flatMap(({ scope }) => (scope.kind === 'unit' ? [scope.unitId] : [])))]
}

export function looksAfter(manager: Pick<Caller, 'roles'>, { unitIds }: Pick<Target, 'unitIds'>): boolean {
  const places = placesOf(manager)
  return places === 'everywhere' || unitIds.some((id) => places.includes(id))
}

export function outOfReach(): never {
  refuse('target_out_of_reach', { roles: staffRoles.join(', ') })
}

/**
 * What keeps a manager from an act. Whoever holds any role is left to the administrators, whatever the manager's own role could do elsewhere:
 * My Staff is handed out widely, and must not lead upwards.
 */
export function closedAct(
  manager: Caller,
  act: keyof typeof actsOfStaff,
  { user, target }: Pick<StaffFacts, 'user' | 'target'>,
  now: Date,
): Closed | undefined {
  const decision = mayAdminister(manager, actsOfStaff[act], target, now)
  if (manager.id === user.id) return { code: 'not_on_yourself', roles: decision.allowed ? staffRoles : decision.roles }
  if (target.roles.length > 0 || target.inRoleAssignableGroup) return because('staff_holds_role')
  if (user.userType === 'Guest') return because('staff_guest')
  if (!user.accountEnabled) return because('staff_person_disabled')
  return decision.allowed ? undefined : { code: decision.because, roles: decision.roles }
}

export function closedNumber(manager: Caller, facts: StaffFacts, now: Date): Closed | undefined {
  return closedAct(manager, 'number', facts, now) ?? (facts.hasRefused ? because('call_back_refused') : undefined)
}

/** Somebody can be asked by text only where a text reaches them, and nobody else. */
export function closedCallBack(manager: Caller, facts: StaffFacts, now: Date): Closed | undefined {
  const closed = closedNumber(manager, facts, now)
  if (closed) return closed
  if (!facts.mobile) return because('staff_number_missing')
  return isReachable(facts.mobile, now) ? undefined : because('call_back_without_texts')
}

export function closedSmsSignIn(manager: Caller, facts: StaffFacts, now: Date): Closed | undefined {
  const closed = closedAct(manager, 'number', facts, now)
  if (closed) return closed
  if (!facts.mobile) return because('staff_number_missing')
  switch (facts.mobile.state) {
    case 'notAllowedByPolicy':
      return because('sms_not_allowed_by_policy')
    case 'notSupported':
      return because('sms_sign_in_not_supported')
    case 'phoneNumberNotUnique':
      return because('phone_number_not_unique')
    default:
      return undefined
  }
}

/** A pass that lets nobody in only disappoints. */
export function closedPass(manager: Caller, facts: StaffFacts, now: Date): Closed | undefined {
  const closed = closedAct(manager, 'pass', facts, now)
  if (closed) return closed
  if (!facts.passPolicy.isEnabled) return because('staff_pass_off')
  return facts.passPolicy.isAllowed ? undefined : because('staff_pass_not_allowed')
}

export function refuseClosed(closed: Closed | undefined): void {
  if (closed) refuse(closed.code, closed.roles.length > 0 ? { roles: closed.roles.join(', ') } : {})
}

function because(code: RefusalCode): Closed {
  return { code, roles: [] }
}

const segmenter = new Intl.Segmenter()

/** Of the first name and the last one, as they would stand on a badge. */
export function initialsOf(displayName: string): string {
  const words = displayName.trim().split(/\s+/)
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return [first, last].map((word) => [...segmenter.segment(word)][0]?.segment.toUpperCase() ?? '').join('')
}
