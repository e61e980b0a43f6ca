import { roleTemplates } from '#contract/graph/role-templates.ts'
import type { DirectoryObject, ObjectKind } from '#server/domain/directory-object.ts'
import type { System } from '#server/system.ts'
import { presentGroup } from './graph-group.ts'
import { presentUnit } from './graph-unit.ts'
import { presentUser, shownOf } from './graph-user.ts'
import type { Call } from './route.ts'

type Properties = Readonly<Record<string, unknown>>

export const objectKinds: readonly ObjectKind[] = ['user', 'group', 'unit', 'role']

/** How Graph calls each kind, as a type and as a set. */
export const graphNames = {
  user: { type: 'user', set: 'users' },
  group: { type: 'group', set: 'groups' },
  unit: { type: 'administrativeUnit', set: 'directory/administrativeUnits' },
  role: { type: 'directoryRole', set: 'directoryRoles' },
} as const satisfies Record<ObjectKind, { type: string; set: string }>

/** Who asks, and of whom: not everybody is told everything about other people. */
type Needs = Pick<Call<unknown>, 'caller'> & { system: Pick<System, 'users' | 'groups' | 'units' | 'now'> }

/** In the order given. What has been deleted since it was listed is left out. */
export async function presentObjects(
  call: Needs,
  objects: readonly DirectoryObject[],
  select: readonly string[] | undefined,
): Promise<Properties[]> {
  const presented = await presentedById(call, objects, select)
  return objects.map(({ id }) => presented.get(id)).filter((properties) => properties !== undefined)
}

export async function presentedById(
  call: Needs,
  objects: readonly DirectoryObject[],
  select?: readonly string[],
): Promise<Map<string, Properties>> {
  const presented = new Map<string, Properties>()
  for (const kind of objectKinds) {
    const ids = objects.filter((object) => object.kind === kind).map((object) => object.id)
    if (ids.length === 0) continue
    for (const [id, properties] of await findPresented(call, kind, ids, select)) presented.set(id, properties)
  }
  return presented
}

/** Objects of one kind, by their id, in Graph's words. */
export async function findPresented(
  call: Needs,
  kind: ObjectKind,
  ids: readonly string[],
  select?: readonly string[],
): Promise<Map<string, Properties>> {
  const { users, groups, units } = call.system
  switch (kind) {
    case 'user':
      return presentedAs(kind, await users.findMany(ids), (user) => presentUser(user, shownOf(call, user.id, select)))
    case 'group':
      return presentedAs(kind, await groups.findMany(ids), presentGroup)
    case 'unit':
      return presentedAs(kind, await units.findMany(ids), presentUnit)
    case 'role':
      return presentedAs(kind, new Map(roleTemplates.filter(({ id }) => ids.includes(id)).map((role) => [role.id, role])), presentRole)
  }
}

function presentedAs<Found>(
  kind: ObjectKind,
  found: ReadonlyMap<string, Found>,
  present: (object: Found) => object,
): Map<string, Properties> {
  const type = `#microsoft.graph.${graphNames[kind].type}`
  return new Map([...found].map(([id, object]) => [id, { '@odata.type': type, ...present(object) }]))
}

function presentRole({ id, displayName, description }: (typeof roleTemplates)[number]) {
  return { id, deletedDateTime: null, displayName, description, roleTemplateId: id }
}
