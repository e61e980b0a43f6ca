import {
  directoryObject,
  foundIds,
  groupsToCheck,
  membershipsWanted,
  type ObjectsWantedBody,
  objectsWanted,
  oneDirectoryObject,
} from '#contract/graph/directory-objects.ts'
import { hiddenUnitsSeenBy } from '#server/domain/administrative-unit.ts'
import { getObjectId, type ObjectKind, type Relation } from '#server/domain/directory-object.ts'
import type { PermissionName } from '#server/domain/permissions.ts'
import { refuse } from '#server/domain/refusal.ts'
import { one, wholeList } from '#server/http/answers.ts'
import { findPresented, graphNames, objectKinds } from '#server/http/graph-directory-object.ts'
import { objectListRoutes } from '#server/http/object-list.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'

/** What a person or a group can be in. */
const holders: readonly ObjectKind[] = ['group', 'role', 'unit']

interface Subject {
  path: string
  permission: PermissionName
  getId(call: Call<unknown>): Promise<string>
}

const person: Subject = {
  path: '/users/:id',
  permission: 'memberships.read',
  async getId({ system, params: { id = '' } }) {
    return ((await system.users.find(id)) ?? refuse('object_not_found', { id })).id
  },
}

const group: Subject = {
  path: '/groups/:id',
  permission: 'groups.read',
  async getId({ system, params }) {
    const id = getObjectId(params.id)
    return ((await system.groups.find(id)) ?? refuse('object_not_found', { id })).id
  },
}

export const directoryObjectRoutes: readonly Route[] = [
  ...membershipRoutes(person).flatMap((row) => forSelfToo('me.read', row)),
  ...membershipRoutes(group),
  route({
    method: 'GET',
    path: '/directoryObjects/:id',
    permission: 'objects.read',
    summary: 'Read a person, group, unit or role, whichever it is',
    queryable: oneDirectoryObject,
    answers: { status: 200, schema: directoryObject },
    handle: async (call) => {
      const id = getObjectId(call.params.id)
      const [found] = await findObjects(call, [id], objectKinds)
      return one(call, 'directoryObjects', found ?? refuse('object_not_found', { id }))
    },
  }),
  route({
    method: 'POST',
    path: '/directoryObjects/getByIds',
    permission: 'objects.read',
    summary: 'Read up to a thousand objects by their ids',
    queryable: oneDirectoryObject,
    body: objectsWanted,
    answers: { status: 200, schema: directoryObject, list: true },
    handle: async (call) => {
      const { ids, types } = call.body
      return wholeList(call, 'directoryObjects', await findObjects(call, [...new Set(ids)], kindsIn(types)))
    },
  }),
]

function membershipRoutes(subject: Subject): Route[] {
  const { path, permission } = subject
  return [
    ...objectListRoutes({
      path: `${path}/memberOf`,
      permission,
      summary: 'List the groups, roles and units somebody is directly in',
      kinds: holders,
      relation: (call) => relationOf(subject, 'memberOf', call),
    }),
    ...objectListRoutes({
      path: `${path}/transitiveMemberOf`,
      permission,
      summary: 'List the groups, roles and units somebody is in, also through groups',
      kinds: holders,
      relation: (call) => relationOf(subject, 'transitiveMemberOf', call),
    }),
    route({
      method: 'POST',
      path: `${path}/getMemberObjects`,
      permission,
      summary: 'List the ids of the groups somebody is in at any depth, and of roles and units unless only groups are wanted',
      body: membershipsWanted,
      answers: { status: 200, schema: foundIds },
      handle: async (call) => answerIds(call, subject, call.body.securityEnabledOnly ? ['group'] : holders),
    }),
    route({
      method: 'POST',
      path: `${path}/getMemberGroups`,
      permission,
      summary: 'List the ids of the groups somebody is in at any depth',
      body: membershipsWanted,
      answers: { status: 200, schema: foundIds },
      handle: async (call) => answerIds(call, subject, ['group']),
    }),
    route({
      method: 'POST',
      path: `${path}/checkMemberGroups`,
      permission,
      summary: 'Say which of up to twenty groups somebody is in at any depth',
      body: groupsToCheck,
      answers: { status: 200, schema: foundIds },
      handle: async (call) => answerIds(call, subject, ['group'], call.body.groupIds),
    }),
  ]
}

async function relationOf(subject: Subject, name: 'memberOf' | 'transitiveMemberOf', call: Call<unknown>): Promise<Relation> {
  return { name, id: await subject.getId(call), hiddenUnits: hiddenUnitsSeenBy(call.caller) }
}

async function answerIds(call: Call<unknown>, subject: Subject, kinds: readonly ObjectKind[], among?: readonly string[]): Promise<Answer> {
  const value = await call.system.memberships.ids(await relationOf(subject, 'transitiveMemberOf', call), kinds, among)
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(Edm.String)`, value } }
}

/** In the order of the ids; who or what does not exist is left out. */
async function findObjects(call: Call<unknown>, ids: readonly string[], kinds: readonly ObjectKind[]) {
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (const kind of kinds) {
    const missing = ids.filter((id) => !found.has(id))
    for (const [id, properties] of await findPresented(call, kind, missing, call.query.select)) found.set(id, properties)
  }
  return ids.map((id) => found.get(id)).filter((properties) => properties !== undefined)
}

function kindsIn(types: ObjectsWantedBody['types']): readonly ObjectKind[] {
  if (types === undefined || types.includes('directoryObject')) return objectKinds
  return objectKinds.filter((kind) => types.includes(graphNames[kind].type))
}
