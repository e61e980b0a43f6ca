import { directoryObject, directoryObjects, objectAddress, objectAddresses } from '#contract/graph/directory-objects.ts'
import type { ObjectKind, Relation } from '#server/domain/directory-object.ts'
import type { PermissionName } from '#server/domain/permissions.ts'
import { list } from './answers.ts'
import { graphNames, presentObjects } from './graph-directory-object.ts'
import { type Answer, type Call, type Route, route } from './route.ts'

/** A list of directory objects that hangs on another object. */
export interface ObjectList {
  path: string
  permission: PermissionName
  summary: string
  /** What may stand in it. */
  kinds: readonly ObjectKind[]
  /** Says whose list it is, or refuses. */
  relation(call: Call<unknown>): Promise<Relation>
}

/** The list, its count, and for each kind in it the same again for only that kind, as `…/microsoft.graph.user`. */
export function objectListRoutes(objects: ObjectList): Route[] {
  const whole = [listRoute(objects, objects.path), countRoute(objects, objects.path)]
  if (objects.kinds.length === 1) return whole
  const cast = objects.kinds.flatMap((kind) => {
    const path = `${objects.path}/microsoft.graph.${graphNames[kind].type}`
    const only = { ...objects, kinds: [kind], summary: `${objects.summary}; only ${graphNames[kind].set}` }
    return [listRoute(only, path), countRoute(only, path)]
  })
  return [...whole, ...cast]
}

/** `…/$ref`: where the objects are, and nothing about them. */
export function addressListRoute({ path, permission, summary, kinds, relation }: ObjectList): Route {
  return route({
    method: 'GET',
    path: `${path}/$ref`,
    permission,
    summary: `${summary}; only their addresses`,
    queryable: objectAddresses,
    answers: { status: 200, schema: objectAddress, list: true },
    handle: async (call) => {
      const page = await call.system.memberships.list(await relation(call), kinds, call.query)
      return list(call, 'Collection($ref)', page, ({ id }) => ({ '@odata.id': `${call.base}/directoryObjects/${id}` }))
    },
  })
}

function listRoute({ permission, summary, kinds, relation }: ObjectList, path: string): Route {
  const [kind] = kinds
  const context = kind && kinds.length === 1 ? graphNames[kind].set : 'directoryObjects'
  return route({
    method: 'GET',
    path,
    permission,
    summary,
    queryable: directoryObjects,
    answers: { status: 200, schema: directoryObject, list: true },
    handle: async (call) => answerList(call, context, await relation(call), kinds),
  })
}

async function answerList(call: Call<unknown>, context: string, relation: Relation, kinds: readonly ObjectKind[]): Promise<Answer> {
  const page = await call.system.memberships.list(relation, kinds, call.query)
  const items = await presentObjects(call, page.items, call.query.select)
  return list(call, context, { ...page, items }, (item) => item)
}

function countRoute({ permission, summary, kinds, relation }: ObjectList, path: string): Route {
  return route({
    method: 'GET',
    path: `${path}/$count`,
    permission,
    summary: `${summary}; only how many`,
    queryable: { ...directoryObjects, selectable: [] },
    answers: { status: 200, text: true },
    handle: async (call) => ({ status: 200, body: await call.system.memberships.count(await relation(call), kinds, call.query) }),
  })
}
