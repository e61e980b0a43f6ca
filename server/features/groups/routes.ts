import { randomUUID } from 'node:crypto'
import { group, groupChanges, groups, type NewGroupBody, newGroup, oneGroup } from '#contract/graph/groups.ts'
import { reference } from '#contract/graph/references.ts'
import { getObjectId, type Relation } from '#server/domain/directory-object.ts'
import type { Group } from '#server/domain/group.ts'
import type { Page } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, noContent, one } from '#server/http/answers.ts'
import { presentObjects } from '#server/http/graph-directory-object.ts'
import { presentGroup } from '#server/http/graph-group.ts'
import { addressListRoute, type ObjectList, objectListRoutes } from '#server/http/object-list.ts'
import { boundIds, referencedId } from '#server/http/reference.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { addMember } from './add-member.ts'
import { addOwner } from './add-owner.ts'
import { changeGroup } from './change-group.ts'
import { createGroup, type WantedGroup } from './create-group.ts'
import { deleteGroup } from './delete-group.ts'
import { removeMember } from './remove-member.ts'
import { removeOwner } from './remove-owner.ts'
import { wantedChanges } from './rules.ts'

type GroupRelation = Extract<Relation, { groupId: string }>

/** As many as Graph expands. */
const expandedMembersMax = 20

const members = objectsOf('members', 'List who and what is in a group')
const owners: ObjectList = { ...objectsOf('owners', 'List who owns a group'), kinds: ['user'] }

export const groupRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/groups',
    permission: 'groups.read',
    summary: 'List the groups of the organisation',
    queryable: groups,
    answers: { status: 200, schema: group, list: true },
    handle: async (call) => answerGroups(call, await call.system.groups.list(call.query)),
  }),
  route({
    method: 'GET',
    path: '/groups/$count',
    permission: 'groups.read',
    summary: 'Count groups',
    queryable: { ...groups, selectable: [], expandable: [] },
    answers: { status: 200, text: true },
    handle: async ({ system, query }) => ({ status: 200, body: await system.groups.count(query) }),
  }),
  route({
    method: 'POST',
    path: '/groups',
    permission: 'groups.add',
    summary: 'Create a security group, with members and owners if wanted',
    body: newGroup,
    answers: { status: 201, schema: group },
    handle: async (call) => one(call, 'groups', presentGroup(await createGroup(call.system, call.caller, wantedGroup(call.body))), 201),
  }),
  route({
    method: 'GET',
    path: '/groups/:id',
    permission: 'groups.read',
    summary: 'Read one group',
    queryable: oneGroup,
    answers: { status: 200, schema: group },
    handle: async (call) => {
      const found = await getGroup(call)
      const expanded = call.query.expand.includes('members') ? await firstMembers(call, [found.id]) : undefined
      return one(call, 'groups', { ...presentGroup(found), ...(expanded && { members: expanded.get(found.id) ?? [] }) })
    },
  }),
  route({
    method: 'PATCH',
    path: '/groups/:id',
    permission: 'groups.members.change',
    summary: 'Change a group, or add up to twenty members at once',
    body: groupChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      const newMemberIds = boundIds('members@odata.bind', body['members@odata.bind']) ?? []
      await changeGroup(system, caller, getObjectId(params.id), { changes: wantedChanges(body), newMemberIds })
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/groups/:id',
    permission: 'groups.change',
    summary: 'Delete a group for good',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await deleteGroup(system, caller, getObjectId(params.id))
      return noContent
    },
  }),
  ...objectListRoutes(members),
  addressListRoute(members),
  ...objectListRoutes(objectsOf('transitiveMembers', 'List who and what is in a group at any depth')),
  ...objectListRoutes(owners),
  addressListRoute(owners),
  route({
    method: 'POST',
    path: '/groups/:id/members/$ref',
    permission: 'groups.members.change',
    summary: 'Add a person or a group to a group',
    body: reference,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await addMember(system, caller, getObjectId(params.id), referencedId(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/groups/:id/members/:memberId/$ref',
    permission: 'groups.members.change',
    summary: 'Take a person or a group out of a group',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await removeMember(system, caller, getObjectId(params.id), getObjectId(params.memberId))
      return noContent
    },
  }),
  route({
    method: 'POST',
    path: '/groups/:id/owners/$ref',
    permission: 'groups.change',
    summary: 'Give a group another owner',
    body: reference,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await addOwner(system, caller, getObjectId(params.id), referencedId(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/groups/:id/owners/:ownerId/$ref',
    permission: 'groups.change',
    summary: 'Take a group away from an owner',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await removeOwner(system, caller, getObjectId(params.id), getObjectId(params.ownerId))
      return noContent
    },
  }),
]

function objectsOf(name: GroupRelation['name'], summary: string): ObjectList {
  return {
    path: `/groups/:id/${name}`,
    permission: 'groups.read',
    summary,
    kinds: ['user', 'group'],
    relation: async (call) => ({ name, groupId: (await getGroup(call)).id }),
  }
}

async function getGroup({ system, params }: Call<unknown>): Promise<Group> {
  const id = getObjectId(params.id)
  return (await system.groups.find(id)) ?? refuse('object_not_found', { id })
}

async function answerGroups(call: Call<unknown>, page: Page<Group>): Promise<Answer> {
  const ids = page.items.map((item) => item.id)
  const expanded = call.query.expand.includes('members') ? await firstMembers(call, ids) : undefined
  return list(call, 'groups', page, (item) => ({
    ...presentGroup(item),
    ...(expanded && { members: expanded.get(item.id) ?? [] }),
  }))
}

async function firstMembers(call: Call<unknown>, groupIds: readonly string[]) {
  const found = await call.system.memberships.firstMembers(groupIds, expandedMembersMax)
  const everyone = [...new Map([...found.values()].flat().map((member) => [member.id, member])).values()]
  const presented = new Map((await presentObjects(call, everyone, undefined)).map((properties) => [properties.id, properties]))
  return new Map(
    [...found].map(([groupId, inside]) => [groupId, inside.map(({ id }) => presented.get(id)).filter((member) => member !== undefined)]),
  )
}

function wantedGroup(body: NewGroupBody): WantedGroup {
  const { displayName, description, mailNickname, isAssignableToRole } = body
  return {
    group: {
      id: randomUUID(),
      displayName,
      description: description ?? undefined,
      mailNickname,
      isAssignableToRole: isAssignableToRole ?? false,
    },
    memberIds: boundIds('members@odata.bind', body['members@odata.bind']) ?? [],
    ownerIds: boundIds('owners@odata.bind', body['owners@odata.bind']),
  }
}
