import {
  directoryRole,
  directoryRoles,
  directoryRoleTemplate,
  directoryRoleTemplates,
  newDirectoryRole,
  newScopedRoleMembership,
  oneDirectoryRole,
  oneDirectoryRoleTemplate,
  oneScopedRoleMembership,
  roleMember,
  roleMembers,
  scopedRoleMembership,
  scopedRoleMemberships,
} from '#contract/graph/directory-roles.ts'
import { reference } from '#contract/graph/references.ts'
import {
  newRoleAssignment,
  oneRoleAssignment,
  oneRoleDefinition,
  roleAssignment,
  roleAssignments,
  roleDefinition,
  roleDefinitions,
} from '#contract/graph/role-management.ts'
import { refuse } from '#server/domain/refusal.ts'
import { parseScopeAddress } from '#server/domain/role-assignment.ts'
import { queryShortList } from '#server/domain/short-list.ts'
import { list, noContent, one } from '#server/http/answers.ts'
import {
  assignmentPresenter,
  definitions,
  presentAssignment,
  presentMembers,
  presentRoles,
  presentScopedMembership,
  directoryRoles as rolesThereAre,
  scopedMemberships,
  templates,
} from '#server/http/graph-role.ts'
import { referencedId } from '#server/http/reference.ts'
import { forSelfToo, type Route, route } from '#server/http/route.ts'
import { activateRole } from './activate-role.ts'
import { findInUse, getInUse, getKnown, getUnitId, lowered } from './find-roles.ts'
import { giveRole } from './give-role.ts'
import { takeRole } from './take-role.ts'

export const roleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/directoryRoleTemplates',
    permission: 'roles.read',
    summary: 'List the roles there are',
    queryable: directoryRoleTemplates,
    answers: { status: 200, schema: directoryRoleTemplate, list: true },
    handle: async (call) =>
      list(call, 'directoryRoleTemplates', queryShortList(templates, call.query, 'displayName'), (template) => template),
  }),
  route({
    method: 'GET',
    path: '/directoryRoleTemplates/:id',
    permission: 'roles.read',
    summary: 'Read one role there is',
    queryable: oneDirectoryRoleTemplate,
    answers: { status: 200, schema: directoryRoleTemplate },
    handle: async (call) => one(call, 'directoryRoleTemplates', getKnown(templates, call.params.id)),
  }),
  route({
    method: 'GET',
    path: '/directoryRoles',
    permission: 'roles.read',
    summary: 'List the roles in use',
    queryable: directoryRoles,
    answers: { status: 200, schema: directoryRole, list: true },
    handle: async (call) => {
      const page = queryShortList(await findInUse(call.system, rolesThereAre), call.query, 'displayName')
      return list(call, 'directoryRoles', { ...page, items: await presentRoles(call, page.items) }, (role) => role)
    },
  }),
  route({
    method: 'POST',
    path: '/directoryRoles',
    permission: 'roles.change',
    summary: 'Take a role into use',
    body: newDirectoryRole,
    answers: { status: 201, schema: directoryRole },
    handle: async (call) => {
      const { roleTemplateId } = call.body
      await activateRole(call.system, call.caller, roleTemplateId)
      return one(call, 'directoryRoles', getKnown(rolesThereAre, roleTemplateId), 201)
    },
  }),
  // Two addresses for one thing: Graph's SDKs build the second, and `/directoryRoles/roleTemplateId={id}` ends up in the first.
  ...['/directoryRoles/:id', "/directoryRoles(roleTemplateId=':id')"].map((path) =>
    route({
      method: 'GET',
      path,
      permission: 'roles.read',
      summary: 'Read one role in use',
      queryable: oneDirectoryRole,
      answers: { status: 200, schema: directoryRole },
      handle: async (call) => {
        const [role = {}] = await presentRoles(call, [await getInUse(call.system, rolesThereAre, call.params)])
        return one(call, 'directoryRoles', role)
      },
    }),
  ),
  route({
    method: 'GET',
    path: '/directoryRoles/:id/members',
    permission: 'roles.read',
    summary: 'List who has a role over the whole organisation',
    queryable: roleMembers,
    answers: { status: 200, schema: roleMember, list: true },
    handle: async (call) => {
      const { id } = await getInUse(call.system, rolesThereAre, call.params)
      const page = await call.system.roles.listMembers(id, call.query)
      const items = await presentMembers(call, page.items, call.query.select)
      return list(call, 'directoryObjects', { ...page, items }, (member) => member)
    },
  }),
  route({
    method: 'POST',
    path: '/directoryRoles/:id/members/$ref',
    permission: 'roles.change',
    summary: 'Give a person or group a role over the whole organisation',
    body: reference,
    answers: { status: 204 },
    handle: async (call) => {
      const { id } = await getInUse(call.system, rolesThereAre, call.params)
      await giveRole(call.system, call.caller, { roleId: id, principalId: referencedId(call.body), scope: { kind: 'tenant' } })
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/directoryRoles/:id/members/:memberId/$ref',
    permission: 'roles.change',
    summary: 'Take a role over the whole organisation from a person or group',
    answers: { status: 204 },
    handle: async (call) => {
      const { id } = await getInUse(call.system, rolesThereAre, call.params)
      await takeRole(call.system, call.caller, { roleId: id, principalId: lowered(call.params.memberId), scope: { kind: 'tenant' } })
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: '/roleManagement/directory/roleDefinitions',
    permission: 'roles.read',
    summary: 'List the roles there are, with what each may do',
    queryable: roleDefinitions,
    answers: { status: 200, schema: roleDefinition, list: true },
    handle: async (call) =>
      list(call, 'roleManagement/directory/roleDefinitions', queryShortList(definitions, call.query, 'displayName'), (role) => role),
  }),
  route({
    method: 'GET',
    path: '/roleManagement/directory/roleDefinitions/:id',
    permission: 'roles.read',
    summary: 'Read what one role may do',
    queryable: oneRoleDefinition,
    answers: { status: 200, schema: roleDefinition },
    handle: async (call) => one(call, 'roleManagement/directory/roleDefinitions', getKnown(definitions, call.params.id)),
  }),
  route({
    method: 'GET',
    path: '/roleManagement/directory/roleAssignments',
    permission: 'roles.read',
    summary: 'List who has which role, and over what',
    queryable: roleAssignments,
    answers: { status: 200, schema: roleAssignment, list: true },
    handle: async (call) => {
      const page = await call.system.roles.list(call.query)
      return list(call, 'roleManagement/directory/roleAssignments', page, await assignmentPresenter(call, page.items))
    },
  }),
  route({
    method: 'GET',
    path: '/roleManagement/directory/roleAssignments/:id',
    permission: 'roles.read',
    summary: 'Read one role assignment',
    queryable: oneRoleAssignment,
    answers: { status: 200, schema: roleAssignment },
    handle: async (call) => {
      const id = lowered(call.params.id)
      const found = (await call.system.roles.find({ id })) ?? refuse('object_not_found', { id })
      const present = await assignmentPresenter(call, [found])
      return one(call, 'roleManagement/directory/roleAssignments', present(found))
    },
  }),
  route({
    method: 'POST',
    path: '/roleManagement/directory/roleAssignments',
    permission: 'roles.change',
    summary: 'Give a person or group a role, over everything, a unit or one object',
    body: newRoleAssignment,
    answers: { status: 201, schema: roleAssignment },
    handle: async (call) => {
      const { roleDefinitionId, principalId, directoryScopeId } = call.body
      const scope =
        parseScopeAddress(directoryScopeId) ??
        refuse('property_invalid', { property: 'directoryScopeId', expected: '/, /administrativeUnits/{id}, /{id}' })
      const { assignment } = await giveRole(call.system, call.caller, { roleId: roleDefinitionId, principalId, scope })
      return one(call, 'roleManagement/directory/roleAssignments', presentAssignment(assignment), 201)
    },
  }),
  route({
    method: 'DELETE',
    path: '/roleManagement/directory/roleAssignments/:id',
    permission: 'roles.change',
    summary: 'Take a role from whom it was given to',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await takeRole(system, caller, { id: lowered(params.id) })
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: '/directory/administrativeUnits/:id/scopedRoleMembers',
    permission: 'roles.read',
    summary: 'List who has which role over a unit',
    queryable: scopedRoleMemberships,
    answers: { status: 200, schema: scopedRoleMembership, list: true },
    handle: async (call) => {
      const unitId = await getUnitId(call.system, call.params.id)
      const page = await call.system.roles.listAtUnit(unitId, call.query)
      return scopedMemberships(call, `directory/administrativeUnits('${unitId}')/scopedRoleMembers`, page)
    },
  }),
  route({
    method: 'GET',
    path: '/directory/administrativeUnits/:id/scopedRoleMembers/:membershipId',
    permission: 'roles.read',
    summary: 'Read one role over a unit',
    queryable: oneScopedRoleMembership,
    answers: { status: 200, schema: scopedRoleMembership },
    handle: async (call) => {
      const id = lowered(call.params.membershipId)
      const scope = { kind: 'unit', unitId: lowered(call.params.id) } as const
      const found = (await call.system.roles.find({ id, scope })) ?? refuse('object_not_found', { id })
      return one(call, 'scopedRoleMemberships', presentScopedMembership(found, await call.system.memberships.findMember(found.principalId)))
    },
  }),
  route({
    method: 'POST',
    path: '/directory/administrativeUnits/:id/scopedRoleMembers',
    permission: 'roles.change',
    summary: 'Give a person or group a role over a unit',
    body: newScopedRoleMembership,
    answers: { status: 201, schema: scopedRoleMembership },
    handle: async (call) => {
      const { roleId, roleMemberInfo } = call.body
      const scope = { kind: 'unit', unitId: lowered(call.params.id) } as const
      const { assignment, principal } = await giveRole(call.system, call.caller, { roleId, principalId: roleMemberInfo.id, scope })
      return one(call, 'scopedRoleMemberships', presentScopedMembership(assignment, principal), 201)
    },
  }),
  route({
    method: 'DELETE',
    path: '/directory/administrativeUnits/:id/scopedRoleMembers/:membershipId',
    permission: 'roles.change',
    summary: 'Take a role over a unit from whom it was given to',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await takeRole(system, caller, { id: lowered(params.membershipId), scope: { kind: 'unit', unitId: lowered(params.id) } })
      return noContent
    },
  }),
  ...forSelfToo(
    'me.read',
    route({
      method: 'GET',
      path: '/users/:id/scopedRoleMemberOf',
      permission: 'roles.read',
      summary: 'List the roles a person has over units',
      queryable: scopedRoleMemberships,
      answers: { status: 200, schema: scopedRoleMembership, list: true },
      handle: async (call) => {
        const id = call.params.id ?? ''
        const user = (await call.system.users.find(id)) ?? refuse('object_not_found', { id })
        const page = await call.system.roles.listOverUnits(user.id, call.query)
        return scopedMemberships(call, `users('${user.id}')/scopedRoleMemberOf`, page)
      },
    }),
  ),
]
