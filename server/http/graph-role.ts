import type { DirectoryRoleBody, DirectoryRoleTemplateBody, ScopedRoleMembershipBody } from '#contract/graph/directory-roles.ts'
import { actionsOfRole } from '#contract/graph/role-actions.ts'
import type { RoleAssignmentBody, RoleDefinitionBody } from '#contract/graph/role-management.ts'
import { roleTemplates } from '#contract/graph/role-templates.ts'
import type { DirectoryObject, Member } from '#server/domain/directory-object.ts'
import type { Page } from '#server/domain/query.ts'
import { type RoleAssignment, scopeAddress } from '#server/domain/role-assignment.ts'
import { list } from './answers.ts'
import { presentedById, presentObjects } from './graph-directory-object.ts'
import type { Answer, Call } from './route.ts'

type Properties = Readonly<Record<string, unknown>>

/** The same roles in the three words Graph has for them. */

export const templates: readonly DirectoryRoleTemplateBody[] = roleTemplates.map(({ id, displayName, description }) => ({
  id,
  deletedDateTime: null,
  displayName,
  description,
}))

/** In Entra a role taken into use gets an id of its own; here it keeps its template's, which every script knows. */
export const directoryRoles: readonly DirectoryRoleBody[] = templates.map((template) => ({ ...template, roleTemplateId: template.id }))

export const definitions: readonly RoleDefinitionBody[] = roleTemplates.map(({ id, displayName, description, isPrivileged }) => ({
  id,
  displayName,
  description,
  isBuiltIn: true,
  isEnabled: true,
  isPrivileged,
  resourceScopes: ['/'],
  rolePermissions: [{ allowedResourceActions: [...actionsOfRole[displayName]], condition: null }],
  templateId: id,
  version: '1',
}))

export function presentAssignment({ id, roleId, principalId, scope }: RoleAssignment): RoleAssignmentBody {
  return { id, roleDefinitionId: roleId, principalId, directoryScopeId: scopeAddress(scope), appScopeId: null, condition: null }
}

const expandedMembersMax = 20

/** Roles in use, with the first of their members where the caller asked for them: as many as Graph expands. */
export async function presentRoles(call: Call<unknown>, roles: readonly DirectoryRoleBody[]): Promise<Properties[]> {
  const { system, query } = call
  if (!query.expand.includes('members')) return [...roles]
  const everybody = { ...query, filter: undefined, after: undefined, count: false, top: expandedMembersMax }
  return Promise.all(
    roles.map(async (role) => {
      const { items } = await system.roles.listMembers(role.id, everybody)
      return { ...role, members: await presentMembers(call, items) }
    }),
  )
}

export async function presentMembers(
  call: Call<unknown>,
  assignments: readonly RoleAssignment[],
  select?: readonly string[],
): Promise<Properties[]> {
  return presentObjects(call, assignments.map(principalOf), select)
}

function principalOf({ principalId, principalKind }: RoleAssignment): DirectoryObject {
  return { id: principalId, kind: principalKind }
}

/** An assignment in Graph's words, with the principal and the role where the caller asked to see them. */
export async function assignmentPresenter(call: Call<unknown>, assignments: readonly RoleAssignment[]) {
  const { query } = call
  const principals = await presentedById(call, query.expand.includes('principal') ? assignments.map(principalOf) : [])
  return (assignment: RoleAssignment): Properties => ({
    ...presentAssignment(assignment),
    ...(query.expand.includes('principal') && { principal: principals.get(assignment.principalId) ?? null }),
    ...(query.expand.includes('roleDefinition') && { roleDefinition: definitions.find(({ id }) => id === assignment.roleId) ?? null }),
  })
}

export async function scopedMemberships(call: Call<unknown>, kind: string, page: Page<RoleAssignment>): Promise<Answer> {
  const principals = await call.system.memberships.findMembers(page.items.map(({ principalId }) => principalId))
  return list(call, kind, page, (item) => presentScopedMembership(item, principals.get(item.principalId)))
}

export function presentScopedMembership({ id, roleId, principalId, scope }: RoleAssignment, principal: Member | undefined) {
  const { displayName = '', userPrincipalName } = principal ?? {}
  const body: ScopedRoleMembershipBody = {
    id,
    administrativeUnitId: scope.kind === 'unit' ? scope.unitId : '',
    roleId,
    roleMemberInfo: { id: principalId, displayName, ...(userPrincipalName !== undefined && { userPrincipalName }) },
  }
  return body
}
