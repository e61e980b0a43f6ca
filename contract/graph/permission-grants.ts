import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, line, readOnly } from './texts.ts'

const scope = line(4_000)

export const permissionGrant = z.object({
  id: guid,
  clientId: guid,
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: guid.nullable(),
  resourceId: guid,
  scope: z.string(),
})

export type PermissionGrantBody = z.infer<typeof permissionGrant>

export const newPermissionGrant = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.oAuth2PermissionGrant').optional(),
  clientId: guid,
  consentType: z.enum(['AllPrincipals', 'Principal'], { message: 'AllPrincipals or Principal' }),
  principalId: guid.nullable().optional(),
  resourceId: guid,
  scope,
  id: readOnly,
  // Graph's beta asks for these and keeps neither.
  startTime: z.string().max(64).optional(),
  expiryTime: z.string().max(64).optional(),
})

export type NewPermissionGrantBody = z.infer<typeof newPermissionGrant>

export const permissionGrantChanges = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.oAuth2PermissionGrant').optional(),
  scope,
  id: readOnly,
  clientId: readOnly,
  consentType: readOnly,
  principalId: readOnly,
  resourceId: readOnly,
})

const id = { kind: 'id', operators: ['eq', 'in'] } as const

export const permissionGrants: Queryable = {
  properties: { id, clientId: id, principalId: id, consentType: { kind: 'word', operators: ['eq'] } },
  selectable: Object.keys(permissionGrant.shape),
  topMax: 999,
  topDefault: 100,
}

export const onePermissionGrant: Queryable = { properties: {}, selectable: permissionGrants.selectable, topMax: 1, topDefault: 1 }

export const appRoleAssignment = z.object({
  id: guid,
  deletedDateTime: z.iso.datetime().nullable(),
  appRoleId: guid,
  createdDateTime: z.iso.datetime(),
  principalDisplayName: z.string(),
  principalId: guid,
  principalType: z.literal('ServicePrincipal'),
  resourceDisplayName: z.string(),
  resourceId: guid,
})

export type AppRoleAssignmentBody = z.infer<typeof appRoleAssignment>

export const appRoleAssignments: Queryable = {
  properties: {},
  selectable: Object.keys(appRoleAssignment.shape),
  topMax: 999,
  topDefault: 999,
}

export const newAppRoleAssignment = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.appRoleAssignment').optional(),
  principalId: guid,
  resourceId: guid,
  appRoleId: guid,
  id: readOnly,
})

export type NewAppRoleAssignmentBody = z.infer<typeof newAppRoleAssignment>
