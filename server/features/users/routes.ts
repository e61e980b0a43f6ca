import { Readable } from 'node:stream'
import { reference } from '#contract/graph/references.ts'
import { deletedUsers, newUser, oneUser, restoredUser, sessionsEnded, user, userChanges, users } from '#contract/graph/users.ts'
import type { Page } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import { list, noContent, one } from '#server/http/answers.ts'
import { attachment } from '#server/http/attachment.ts'
import { presentUser, requireMayAsk, shownOf } from '#server/http/graph-user.ts'
import { referencedId } from '#server/http/reference.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { changeUser } from './change-user.ts'
import { createUser } from './create-user.ts'
import { deleteUser } from './delete-user.ts'
import { endSessions } from './end-sessions.ts'
import { eraseUser } from './erase-user.ts'
import { exportColumns, exportUsers } from './export-users.ts'
import { wantedChanges, wantedUser } from './read-user.ts'
import { restoreUser } from './restore-user.ts'
import { setManager } from './set-manager.ts'

export const userRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users',
    permission: 'users.read',
    summary: 'List the people of the organisation',
    queryable: users,
    answers: { status: 200, schema: user, list: true },
    handle: async (call) => {
      requireMayAsk(call)
      return people(call, await call.system.users.list(call.query))
    },
  }),
  route({
    method: 'GET',
    path: '/users/$count',
    permission: 'users.read',
    summary: 'Count people',
    queryable: { ...users, selectable: [], expandable: [] },
    answers: { status: 200, text: true },
    handle: async (call) => {
      requireMayAsk(call)
      return { status: 200, body: await call.system.users.count(call.query) }
    },
  }),
  route({
    method: 'POST',
    path: '/users',
    permission: 'users.add',
    summary: 'Create a person; a password is not needed',
    body: newUser,
    answers: { status: 201, schema: user },
    handle: async (call) => one(call, 'users', presentUser(await createUser(call.system, call.caller, wantedUser(call.body))), 201),
  }),
  ...forSelfToo(
    'me.read',
    route({
      method: 'GET',
      path: '/users/:id',
      permission: 'users.read',
      summary: 'Read one person, by id or user principal name',
      queryable: oneUser,
      answers: { status: 200, schema: user },
      handle: async (call) => person(call, call.params.id ?? ''),
    }),
  ),
  route({
    method: 'PATCH',
    path: '/users/:id',
    permission: 'users.change',
    summary: 'Change a person',
    body: userChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await changeUser(system, caller, params.id ?? '', wantedChanges(body))
      return noContent
    },
  }),
  route({
    method: 'PATCH',
    path: '/me',
    permission: 'me.change',
    summary: 'Change oneself: the preferred language',
    body: userChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, body }) => {
      await changeUser(system, caller, caller.id, wantedChanges(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/:id',
    permission: 'users.remove',
    summary: 'Delete a person; they can be restored',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await deleteUser(system, caller, params.id ?? '')
      return noContent
    },
  }),
  ...forSelfToo(
    'me.end-sessions',
    route({
      method: 'POST',
      path: '/users/:id/revokeSignInSessions',
      permission: 'users.end-sessions',
      summary: 'End every session and token of a person',
      answers: { status: 200, schema: sessionsEnded },
      handle: async (call) => ended(call, call.params.id ?? ''),
    }),
  ),
  ...forSelfToo(
    'me.read',
    route({
      method: 'GET',
      path: '/users/:id/manager',
      permission: 'users.read',
      summary: 'Read a person’s manager',
      queryable: { ...oneUser, expandable: [] },
      answers: { status: 200, schema: user },
      handle: async (call) => managerOf(call, call.params.id ?? ''),
    }),
  ),
  route({
    method: 'PUT',
    path: '/users/:id/manager/$ref',
    permission: 'users.change',
    summary: 'Set a person’s manager',
    body: reference,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await setManager(system, caller, params.id ?? '', referencedId(body))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/:id/manager/$ref',
    permission: 'users.change',
    summary: 'Leave a person without a manager',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await setManager(system, caller, params.id ?? '', undefined)
      return noContent
    },
  }),
  ...forSelfToo(
    'me.read',
    route({
      method: 'GET',
      path: '/users/:id/directReports',
      permission: 'users.read',
      summary: 'List whom a person manages',
      queryable: { ...users, expandable: [] },
      answers: { status: 200, schema: user, list: true },
      handle: async (call) => reportsOf(call, call.params.id ?? ''),
    }),
  ),
  route({
    method: 'GET',
    path: '/directory/deletedItems/microsoft.graph.user',
    permission: 'users.read',
    summary: 'List deleted people',
    queryable: deletedUsers,
    answers: { status: 200, schema: user, list: true },
    handle: async (call) => {
      requireMayAsk(call)
      const page = await call.system.users.listDeleted(call.query)
      return list(call, 'users', page, await presenter(call, page.items))
    },
  }),
  route({
    method: 'GET',
    path: '/directory/deletedItems/:id',
    permission: 'users.read',
    summary: 'Read a deleted person',
    queryable: { ...oneUser, expandable: [] },
    answers: { status: 200, schema: user },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const found = (await call.system.users.findDeleted(id)) ?? refuse('object_not_found', { id })
      const present = await presenter(call, [found])
      return one(call, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...present(found) })
    },
  }),
  route({
    method: 'POST',
    path: '/directory/deletedItems/:id/restore',
    permission: 'users.remove',
    summary: 'Restore a deleted person',
    body: restoredUser,
    answers: { status: 200, schema: user },
    handle: async (call) => {
      const restored = await restoreUser(call.system, call.caller, call.params.id ?? '', call.body?.newUserPrincipalName)
      return one(call, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...presentUser(restored) })
    },
  }),
  route({
    method: 'DELETE',
    path: '/directory/deletedItems/:id',
    permission: 'users.erase',
    summary: 'Erase a deleted person for good',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await eraseUser(system, caller, params.id ?? '')
      return noContent
    },
  }),
]

/** What Graph has no address for. */
export const userOwnRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users/export',
    permission: 'users.export',
    summary: 'Download the people of the organisation as a CSV file, in the columns of an import; the audit log tells who did',
    queryable: { ...users, selectable: exportColumns, expandable: [], topMax: 1, topDefault: 1 },
    answers: { status: 200, csv: true },
    handle: async ({ system, caller, query }) => attachment('people.csv', Readable.from(await exportUsers(system, caller, query))),
  }),
]

async function people(call: Call<unknown>, page: Page<User>): Promise<Answer> {
  const { users } = call.system
  const present = await presenter(call, page.items)
  const expands = call.query.expand.includes('manager')
  const managers = expands ? await users.findMany(page.items.flatMap((item) => item.managerId ?? [])) : undefined
  return list(call, 'users', page, (item) => ({
    ...present(item),
    ...(managers && { manager: presentManager(call, managers.get(item.managerId ?? '')) }),
  }))
}

async function person(call: Call<unknown>, idOrName: string): Promise<Answer> {
  const { users } = call.system
  const found = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  const present = await presenter(call, [found])
  const properties = present(found)
  if (call.query.expand.includes('manager')) {
    properties.manager = presentManager(call, found.managerId ? await users.find(found.managerId) : undefined)
  }
  return one(call, 'users', properties)
}

/** Licences stand in a table of their own, which is only read when somebody asks for them. */
async function presenter(call: Call<unknown>, people: readonly User[]): Promise<(user: User) => Record<string, unknown>> {
  const { system, query } = call
  const asked = query.select?.includes('assignedLicenses')
  const held = asked ? await system.licences.ofUsers(people.map(({ id }) => id)) : undefined
  return (user) => presentUser(user, shownOf(call, user.id, query.select), held?.get(user.id))
}

function presentManager(call: Call<unknown>, manager: User | undefined) {
  return manager ? { '@odata.type': '#microsoft.graph.user', ...presentUser(manager, shownOf(call, manager.id, undefined)) } : null
}

async function ended(call: Call<unknown>, id: string): Promise<Answer> {
  await endSessions(call.system, call.caller, id)
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Edm.Boolean`, value: true } }
}

async function managerOf(call: Call<unknown>, idOrName: string): Promise<Answer> {
  const { users } = call.system
  const found = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  const manager = found.managerId ? await users.find(found.managerId) : undefined
  if (!manager) refuse('object_not_found', { id: 'manager' })
  const present = await presenter(call, [manager])
  return one(call, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...present(manager) })
}

async function reportsOf(call: Call<unknown>, idOrName: string): Promise<Answer> {
  const { users } = call.system
  const found = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  requireMayAsk(call)
  const page = await users.listReports(found.id, call.query)
  const present = await presenter(call, page.items)
  return list(call, 'directoryObjects', page, (report) => ({ '@odata.type': '#microsoft.graph.user', ...present(report) }))
}
