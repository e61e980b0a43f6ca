import { roleTemplates } from '#contract/graph/role-templates.ts'
import { everybody } from '#server/domain/method-policy.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'
import { type NamedTarget, targetsNamedIn } from './rules.ts'

const nobodyId = '00000000-0000-0000-0000-000000000000'

/** Everybody and everything a body names as a target is there; the first that is not refuses all of it. */
export async function requireTargets({ memberships, units }: Pick<Stores, 'memberships' | 'units'>, body: unknown): Promise<void> {
  const named = targetsNamedIn(body).filter(({ kind, id }) => !(kind === 'group' && (id === everybody || id === nobodyId)))
  const members = await memberships.findMembers([...new Set(named.map(({ id }) => id))])
  for (const target of named) if (!(await isThere(target))) refuse('policy_target_unknown', { ...target })

  async function isThere({ kind, id }: NamedTarget): Promise<boolean> {
    if (kind === 'administrativeUnit') return (await units.find(id)) !== undefined
    if (kind === 'role') return roleTemplates.some((role) => role.id === id)
    return members.get(id)?.kind === kind
  }
}
