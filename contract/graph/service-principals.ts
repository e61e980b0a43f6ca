import { z } from 'zod'
import { appRoles, keyCredential, oauth2PermissionScopes, passwordCredential } from './applications.ts'
import type { Queryable } from './queryable.ts'
import { guid, readOnly } from './texts.ts'

const instant = z.iso.datetime()

const odataType = z.literal('#microsoft.graph.servicePrincipal').optional()

export const newServicePrincipal = z
  .strictObject({ '@odata.type': odataType, appId: guid, accountEnabled: z.boolean().optional(), displayName: readOnly, id: readOnly })
  .readonly()

export const servicePrincipalChanges = z
  .strictObject({
    '@odata.type': odataType,
    accountEnabled: z.boolean(),
    id: readOnly,
    appId: readOnly,
    appDisplayName: readOnly,
    appOwnerOrganizationId: readOnly,
    displayName: readOnly,
    replyUrls: readOnly,
    servicePrincipalNames: readOnly,
    servicePrincipalType: readOnly,
    signInAudience: readOnly,
  })
  .partial()

export const servicePrincipal = z.object({
  id: guid,
  deletedDateTime: instant.nullable(),
  accountEnabled: z.boolean(),
  appDescription: z.string().nullable(),
  appDisplayName: z.string().nullable(),
  appId: guid,
  appOwnerOrganizationId: guid,
  appRoleAssignmentRequired: z.boolean(),
  appRoles,
  createdDateTime: instant,
  displayName: z.string(),
  homepage: z.string().nullable(),
  keyCredentials: z.array(keyCredential),
  loginUrl: z.string().nullable(),
  logoutUrl: z.string().nullable(),
  oauth2PermissionScopes,
  passwordCredentials: z.array(passwordCredential),
  replyUrls: z.array(z.string()),
  servicePrincipalNames: z.array(z.string()),
  servicePrincipalType: z.string(),
  signInAudience: z.string().nullable(),
  tags: z.array(z.string()),
})

export type ServicePrincipalBody = z.infer<typeof servicePrincipal>

const id = { kind: 'id', operators: ['eq', 'in'] } as const

export const servicePrincipals: Queryable = {
  properties: {
    id: { ...id, advanced: ['ne'] },
    appId: id,
    appOwnerOrganizationId: { ...id, advanced: ['ne'] },
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'],
      advanced: ['ne', 'endsWith'],
      sortable: true,
      searchable: true,
    },
    accountEnabled: { kind: 'boolean', operators: ['eq'], advanced: ['ne'] },
  },
  selectable: Object.keys(servicePrincipal.shape),
  topMax: 999,
  topDefault: 100,
}

export const oneServicePrincipal: Queryable = { properties: {}, selectable: servicePrincipals.selectable, topMax: 1, topDefault: 1 }
