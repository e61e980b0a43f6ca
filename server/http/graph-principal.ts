import type { RolePrincipal } from '#server/domain/role-assignment.ts'
import type { System } from '#server/system.ts'
import { presentUser } from './graph-user.ts'

/** People and groups side by side, as Graph's directory objects; who is not there any more is not in the answer. */
export async function presentPrincipals(
  { users, rolePrincipals }: Pick<System, 'users' | 'rolePrincipals'>,
  ids: readonly string[],
  select?: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const people = await users.findMany(ids)
  const groups = await rolePrincipals.findMany(ids.filter((id) => !people.has(id)))
  return new Map([
    ...[...people].map(([id, user]) => [id, { '@odata.type': '#microsoft.graph.user', ...presentUser(user, select) }] as const),
    ...[...groups].map(([id, group]) => [id, presentGroup(group)] as const),
  ])
}

function presentGroup({ id, displayName, mayHoldRoles }: RolePrincipal): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.group', id, displayName, isAssignableToRole: mayHoldRoles }
}
