import { everybody, type MethodTarget } from '#server/domain/method-policy.ts'
import type { Stores, System } from '#server/system.ts'
import { idOf } from '../directory.ts'

export const targetCount = 200
export const deep = 5
/** Every tenth target takes people out of the policy again. */
const excludedEvery = 10
const perTransaction = 500
const unnamed = { displayName: '', userPrincipalName: undefined }

/** Groups in groups in groups: each target is the outermost of five, and people stand in the innermost only. */
export async function fillWithGroups(system: System, people: number): Promise<void> {
  const steps: ((stores: Stores) => Promise<unknown>)[] = []
  for (let target = 0; target < targetCount; target++) {
    for (let level = 0; level < deep; level++) {
      const id = groupId(target, level)
      const displayName = `Group ${target} at ${level}`
      const group = { id, displayName, description: undefined, mailNickname: `g${target}x${level}`, isAssignableToRole: false }
      steps.push(({ groups }) => groups.add(group, system.now()))
      if (level > 0) steps.push(({ groupMembers }) => groupMembers.add(groupId(target, level - 1), { id, kind: 'group', ...unnamed }))
    }
  }
  for (let n = 1; n <= people; n++) {
    steps.push(({ groupMembers }) => groupMembers.add(groupId(n % targetCount, deep - 1), { id: idOf(n), kind: 'user', ...unnamed }))
  }
  for (let from = 0; from < steps.length; from += perTransaction) {
    await system.inTransaction(async (stores) => {
      for (const step of steps.slice(from, from + perTransaction)) await step(stores)
    })
  }
}

/** The policy that everybody falls under, or the one with two hundred groups. */
export async function setTargets(system: System, which: 'everybody' | 'groups'): Promise<void> {
  const many = Array.from({ length: targetCount }, (_, index) => target(groupId(index, 0), isExcluded(index)))
  const targets = which === 'groups' ? many : [target(everybody, false)]
  await system.inTransaction(({ methodPolicies }) => methodPolicies.set('sms', { isEnabled: true, targets, settings: {} }))
}

export function isAllowed(n: number): boolean {
  return !isExcluded(n % targetCount)
}

function isExcluded(index: number): boolean {
  return index % excludedEvery === 0
}

function target(id: string, excluded: boolean): MethodTarget {
  return { kind: 'group', id, isExcluded: excluded, isUsableForSignIn: !excluded }
}

function groupId(target: number, level: number): string {
  return `${target.toString(16).padStart(8, '0')}-0000-4000-9000-${level.toString(16).padStart(12, '0')}`
}
