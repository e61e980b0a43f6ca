import { refuse } from '#server/domain/refusal.ts'
import type { RoleScope } from '#server/domain/roles.ts'
import type { Stores, System } from '#server/system.ts'

/** One of a fixed list, by its id in whatever case. */
export function getKnown<Item extends { id: string }>(items: readonly Item[], idAsWritten: string | undefined): Item {
  const id = lowered(idAsWritten)
  return items.find((item) => item.id === id) ?? refuse('object_not_found', { id })
}

export async function findInUse<Item extends { id: string }>(
  { activatedRoles }: Pick<System, 'activatedRoles'>,
  roles: readonly Item[],
): Promise<Item[]> {
  const inUse = await activatedRoles.all()
  return roles.filter(({ id }) => inUse.has(id))
}

/** Clients of Graph name a role in use by its id, or by its template as `roleTemplateId={id}`; the router leaves `')` behind the latter. */
export async function getInUse<Item extends { id: string }>(
  system: Pick<System, 'activatedRoles'>,
  roles: readonly Item[],
  params: Readonly<Record<string, string>>,
): Promise<Item> {
  const written = params.id ?? params["id')"] ?? ''
  return getKnown(await findInUse(system, roles), written.replace(/^roleTemplateId=/i, '').replace(/'\)$/, ''))
}

export async function getUnitId({ units }: Pick<System, 'units'>, idAsWritten: string | undefined): Promise<string> {
  const unitId = lowered(idAsWritten)
  return (await units.find(unitId))?.id ?? refuse('object_not_found', { id: unitId })
}

/** Whether there is anything a role over this scope could be over. */
export async function isThere({ units, memberships }: Pick<Stores, 'units' | 'memberships'>, scope: RoleScope): Promise<boolean> {
  switch (scope.kind) {
    case 'tenant':
      return true
    case 'unit':
      return (await units.find(scope.unitId)) !== undefined
    case 'object':
      return (await memberships.findMember(scope.objectId)) !== undefined
  }
}

/** Ids are kept in small letters and may be written in any. */
export function lowered(id: string | undefined): string {
  return id?.toLowerCase() ?? ''
}
