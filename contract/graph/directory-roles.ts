import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, readOnly } from './texts.ts'
import { users } from './users.ts'

export const directoryRoleTemplate = z.object({
  id: guid,
  deletedDateTime: z.null(),
  displayName: z.string(),
  description: z.string(),
})

export type DirectoryRoleTemplateBody = z.infer<typeof directoryRoleTemplate>

export const directoryRole = directoryRoleTemplate.extend({ roleTemplateId: guid })

export type DirectoryRoleBody = z.infer<typeof directoryRole>

export const newDirectoryRole = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.directoryRole').optional(),
  roleTemplateId: guid,
  id: readOnly,
  displayName: readOnly,
  description: readOnly,
  deletedDateTime: readOnly,
})

const text = { kind: 'text', operators: ['eq', 'in', 'startsWith'], advanced: ['ne'] } as const

export const directoryRoleTemplates: Queryable = {
  properties: { id: { kind: 'id', operators: ['eq', 'in'] }, displayName: { ...text, sortable: true }, description: text },
  selectable: Object.keys(directoryRoleTemplate.shape),
  topMax: 999,
  topDefault: 100,
}

export const oneDirectoryRoleTemplate: Queryable = { ...directoryRoleTemplates, properties: {} }

export const directoryRoles: Queryable = {
  ...directoryRoleTemplates,
  properties: { ...directoryRoleTemplates.properties, roleTemplateId: { kind: 'id', operators: ['eq', 'in'] } },
  selectable: Object.keys(directoryRole.shape),
  expandable: ['members'],
}

export const oneDirectoryRole: Queryable = { ...directoryRoles, properties: {} }

/** A person or a group. */
export const roleMember = z.object({ '@odata.type': z.string(), id: guid, displayName: z.string() })

export const roleMembers: Queryable = {
  properties: {},
  selectable: [...users.selectable, 'isAssignableToRole'],
  topMax: 999,
  topDefault: 100,
}

/** A role given to somebody over the members of one administrative unit. */
export const scopedRoleMembership = z.object({
  id: guid,
  administrativeUnitId: guid,
  roleId: guid,
  roleMemberInfo: z.object({ id: guid, displayName: z.string(), userPrincipalName: z.string().optional() }),
})

export type ScopedRoleMembershipBody = z.infer<typeof scopedRoleMembership>

export const newScopedRoleMembership = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.scopedRoleMembership').optional(),
  roleId: guid,
  roleMemberInfo: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.identity').optional(),
    id: guid,
    displayName: readOnly,
    userPrincipalName: readOnly,
  }),
  id: readOnly,
  administrativeUnitId: readOnly,
})

export const scopedRoleMemberships: Queryable = {
  properties: {},
  selectable: Object.keys(scopedRoleMembership.shape),
  topMax: 999,
  topDefault: 100,
}

export const oneScopedRoleMembership: Queryable = { ...scopedRoleMemberships, topMax: 1, topDefault: 1 }
