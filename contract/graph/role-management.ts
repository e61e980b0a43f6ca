import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, line, readOnly } from './texts.ts'

const rolePermission = z.object({ allowedResourceActions: z.array(z.string()), condition: z.null() })

export const roleDefinition = z.object({
  id: guid,
  displayName: z.string(),
  description: z.string(),
  isBuiltIn: z.boolean(),
  isEnabled: z.boolean(),
  isPrivileged: z.boolean(),
  resourceScopes: z.array(z.string()),
  rolePermissions: z.array(rolePermission),
  templateId: guid,
  version: z.string().nullable(),
})

export type RoleDefinitionBody = z.infer<typeof roleDefinition>

const text = { kind: 'text', operators: ['eq', 'in', 'startsWith'], advanced: ['ne'] } as const
const id = { kind: 'id', operators: ['eq', 'in'] } as const
const flag = { kind: 'boolean', operators: ['eq'], advanced: ['ne'] } as const

export const roleDefinitions: Queryable = {
  properties: {
    id,
    templateId: id,
    displayName: { ...text, sortable: true },
    description: text,
    isBuiltIn: flag,
    isEnabled: flag,
    isPrivileged: flag,
  },
  selectable: Object.keys(roleDefinition.shape),
  topMax: 999,
  topDefault: 100,
}

export const oneRoleDefinition: Queryable = { ...roleDefinitions, properties: {} }

export const roleAssignment = z.object({
  id: guid,
  roleDefinitionId: guid,
  principalId: guid,
  directoryScopeId: z.string(),
  appScopeId: z.null(),
  condition: z.null(),
})

export type RoleAssignmentBody = z.infer<typeof roleAssignment>

export const newRoleAssignment = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.unifiedRoleAssignment').optional(),
  roleDefinitionId: guid,
  principalId: guid,
  directoryScopeId: line(128),
  id: readOnly,
  principalOrganizationId: readOnly,
  // Neither means anything for directory roles; scripts send them empty.
  appScopeId: z.null().optional(),
  condition: z.null().optional(),
})

export const roleAssignments: Queryable = {
  properties: { id, principalId: id, roleDefinitionId: id, directoryScopeId: { kind: 'word', operators: ['eq', 'in'] } },
  selectable: Object.keys(roleAssignment.shape),
  expandable: ['principal', 'roleDefinition'],
  topMax: 999,
  topDefault: 100,
}

export const oneRoleAssignment: Queryable = { ...roleAssignments, properties: {} }
