import type { PolicyEffect } from '#contract/graph/policy-effects.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { MethodPolicy, MethodTarget } from './method-policy.ts'
import type { User } from './user.ts'

/** One of the two policies that are held against each other. */
export interface PolicySide {
  policy: MethodPolicy
  /** Who has no licence is kept out, whatever the targets say. */
  enforcesLicences: boolean
}

export interface PolicyChange {
  method: PolicyId
  before: PolicySide
  after: PolicySide
}

/** How many people a policy is for once it is changed, and how many it is something else to. Who needs a licence is never a guest. */
export interface Reach {
  inScope: number
  /** Of those in scope. */
  licensed: number
  /** Otherwise there are at least so many. */
  isScopeExact: boolean
  added: number
  removed: number
  isExact: boolean
  /** Guests are among these: they lose a second factor like anybody. */
  effects: Readonly<Record<PolicyEffect, number>>
}

export type AffectedPerson = Pick<User, 'id' | 'displayName' | 'userPrincipalName' | 'department' | 'userType' | 'accountEnabled'>

/** Everything the two policies name. */
export function targetsNamed({ before, after }: PolicyChange): MethodTarget[] {
  return [before, after].flatMap(({ policy }) => (policy.isEnabled ? policy.targets : []))
}

/** A policy can only become something else to who stands below a target that is not the same in both. */
export function targetsChanged(change: PolicyChange): MethodTarget[] {
  const { before, after } = change
  const isWhole = before.policy.isEnabled !== after.policy.isEnabled || before.enforcesLicences !== after.enforcesLicences
  if (isWhole || !after.policy.isEnabled) return targetsNamed(change)
  const [was, is] = [before, after].map(({ policy }) => new Map(policy.targets.map((target) => [meaningOf(target), target])))
  return [...missingIn(is, was), ...missingIn(was, is)]
}

function missingIn(map: ReadonlyMap<string, MethodTarget> = new Map(), other: ReadonlyMap<string, MethodTarget> = new Map()) {
  return [...other].filter(([meaning]) => !map.has(meaning)).map(([, target]) => target)
}

function meaningOf({ id, isExcluded, isUsableForSignIn, isRegistrationRequired = false }: MethodTarget): string {
  return isExcluded ? `not ${id}` : JSON.stringify([id, isUsableForSignIn, isRegistrationRequired])
}
