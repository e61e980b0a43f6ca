import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, line, readOnly, requiredLine } from './texts.ts'

const urisMax = 100
const resourcesMax = 50
const keysMax = 10
const instant = z.iso.datetime()

const uris = z
  .array(z.string({ message: 'a list of addresses' }), { message: 'a list of addresses' })
  .max(urisMax, { message: `at most ${urisMax} addresses` })
  .refine((list) => new Set(list).size === list.length, { message: 'each address once' })
const address = z.string({ message: 'an address' }).nullable()
const givenInstant = z.iso
  .datetime({ offset: true, message: 'an instant such as 2027-01-31T00:00:00Z' })
  .transform((text) => new Date(text))
const no = z.literal(false, { message: 'false: tokens are never handed out in an address' }).nullable()

const web = z
  .strictObject({
    redirectUris: uris,
    homePageUrl: address,
    logoutUrl: address,
    backChannelLogoutUri: address,
    implicitGrantSettings: z.strictObject({ enableIdTokenIssuance: no, enableAccessTokenIssuance: no }).partial().nullable(),
  })
  .partial()

const platform = z.strictObject({ redirectUris: uris }).partial()

const requiredResourceAccess = z
  .array(
    z.strictObject({
      resourceAppId: guid,
      resourceAccess: z
        .array(z.strictObject({ id: guid, type: z.enum(['Scope', 'Role'], { message: 'Scope or Role' }) }))
        .max(400, { message: 'at most 400 permissions' }),
    }),
  )
  .max(resourcesMax, { message: `at most ${resourcesMax} resources` })

const givenKey = z
  .strictObject({
    keyId: guid,
    displayName: line(256).nullable(),
    type: z.enum(['AsymmetricX509Cert', 'X509CertAndPassword', 'Jwk'], { message: 'AsymmetricX509Cert or Jwk' }).nullable(),
    usage: z.literal('Verify', { message: 'Verify' }).nullable(),
    key: z.string().max(16_384, { message: 'a certificate in base64 of at most 16,384 characters' }).nullable(),
    jwk: z.record(z.string().max(64), z.union([z.string().max(4_096), z.array(z.string().max(4_096)).max(10), z.boolean()])).nullable(),
    startDateTime: givenInstant.nullable(),
    endDateTime: givenInstant.nullable(),
    customKeyIdentifier: z.string().max(256).nullable(),
  })
  .partial()

export type GivenKeyBody = z.infer<typeof givenKey>

const writable = {
  displayName: requiredLine(120),
  description: line(1024).nullable(),
  signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs'], { message: 'AzureADMyOrg or AzureADMultipleOrgs' }),
  web,
  spa: platform,
  publicClient: platform,
  isFallbackPublicClient: z.boolean().nullable(),
  requiredResourceAccess,
  tokenSigningAlgorithm: z.enum(['ES256', 'RS256'], { message: 'ES256 or RS256' }),
}

const readOnlyProperties = {
  id: readOnly,
  appId: readOnly,
  api: readOnly,
  appRoles: readOnly,
  createdDateTime: readOnly,
  deletedDateTime: readOnly,
  identifierUris: readOnly,
  passwordCredentials: readOnly,
  publisherDomain: readOnly,
}

const odataType = z.literal('#microsoft.graph.application').optional()

export const newApplication = z
  .strictObject({ '@odata.type': odataType, ...writable, ...readOnlyProperties, keyCredentials: readOnly })
  .partial()
  .required({ displayName: true })

export type NewApplicationBody = z.infer<typeof newApplication>

export const applicationChanges = z
  .strictObject({
    '@odata.type': odataType,
    ...writable,
    ...readOnlyProperties,
    keyCredentials: z.array(givenKey).max(keysMax, { message: `at most ${keysMax} keys` }),
  })
  .partial()

export type ApplicationChangesBody = z.infer<typeof applicationChanges>

export const newPassword = z
  .strictObject({
    passwordCredential: z
      .strictObject({
        displayName: line(256).nullable(),
        startDateTime: givenInstant.nullable(),
        endDateTime: givenInstant.nullable(),
      })
      .partial()
      .nullable(),
  })
  .partial()

export type NewPasswordBody = z.infer<typeof newPassword>

export const passwordRemoval = z.strictObject({ keyId: guid })

const credential = { displayName: z.string().nullable(), startDateTime: instant, endDateTime: instant, keyId: guid }

export const passwordCredential = z.object({
  customKeyIdentifier: z.string().nullable(),
  ...credential,
  hint: z.string().nullable(),
  secretText: z.string().nullable(),
})

export type PasswordCredentialBody = z.infer<typeof passwordCredential>

export const keyCredential = z.object({
  customKeyIdentifier: z.string().nullable(),
  ...credential,
  key: z.string().nullable(),
  type: z.string(),
  usage: z.string(),
})

const permissionScope = z.object({
  id: guid,
  value: z.string(),
  type: z.enum(['User', 'Admin']),
  isEnabled: z.boolean(),
  adminConsentDisplayName: z.string(),
  adminConsentDescription: z.string(),
  userConsentDisplayName: z.string().nullable(),
  userConsentDescription: z.string().nullable(),
})

export const oauth2PermissionScopes = z.array(permissionScope)

export const appRoles = z.array(
  z.object({
    id: guid,
    value: z.string(),
    allowedMemberTypes: z.array(z.string()),
    displayName: z.string(),
    description: z.string(),
    isEnabled: z.boolean(),
    origin: z.string(),
  }),
)

export const application = z.object({
  id: guid,
  deletedDateTime: instant.nullable(),
  appId: guid,
  api: z.object({
    acceptMappedClaims: z.boolean().nullable(),
    knownClientApplications: z.array(guid),
    oauth2PermissionScopes,
    preAuthorizedApplications: z.array(z.never()),
    requestedAccessTokenVersion: z.number(),
  }),
  appRoles,
  createdDateTime: instant,
  description: z.string().nullable(),
  displayName: z.string(),
  identifierUris: z.array(z.string()),
  isFallbackPublicClient: z.boolean(),
  keyCredentials: z.array(keyCredential),
  passwordCredentials: z.array(passwordCredential),
  publicClient: z.object({ redirectUris: z.array(z.string()) }),
  publisherDomain: z.string().nullable(),
  requiredResourceAccess: z.array(
    z.object({ resourceAppId: guid, resourceAccess: z.array(z.object({ id: guid, type: z.enum(['Scope', 'Role']) })) }),
  ),
  signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs']),
  spa: z.object({ redirectUris: z.array(z.string()) }),
  tokenSigningAlgorithm: z.enum(['ES256', 'RS256']),
  web: z.object({
    redirectUris: z.array(z.string()),
    homePageUrl: z.string().nullable(),
    logoutUrl: z.string().nullable(),
    backChannelLogoutUri: z.string().nullable(),
    implicitGrantSettings: z.object({ enableIdTokenIssuance: z.boolean(), enableAccessTokenIssuance: z.boolean() }),
  }),
})

export type ApplicationBody = z.infer<typeof application>

const id = { kind: 'id', operators: ['eq', 'in'] } as const

export const applications: Queryable = {
  properties: {
    id: { ...id, advanced: ['ne'] },
    appId: id,
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'],
      advanced: ['ne', 'endsWith'],
      sortable: true,
      searchable: true,
    },
    signInAudience: { kind: 'word', operators: ['eq', 'in'], advanced: ['ne'] },
    createdDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true },
  },
  selectable: Object.keys(application.shape),
  topMax: 999,
  topDefault: 100,
  sortsWhatItFilters: true,
}

export const oneApplication: Queryable = { properties: {}, selectable: applications.selectable, topMax: 1, topDefault: 1 }
