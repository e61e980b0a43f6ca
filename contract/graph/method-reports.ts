import { z } from 'zod'
import type { Queryable } from './queryable.ts'

/** What somebody can have registered, in the order they are told; those that are not built here yet nobody has. */
export const registrableMethods = [
  'password',
  'email',
  'mobilePhone',
  'alternateMobilePhone',
  'officePhone',
  'securityQuestion',
  'microsoftAuthenticatorPush',
  'softwareOneTimePasscode',
  'hardwareOneTimePasscode',
  'fido2',
  'temporaryAccessPass',
] as const

export const registrationFeatures = ['ssprRegistered', 'ssprEnabled', 'ssprCapable', 'passwordlessCapable', 'mfaCapable'] as const

export const includedUserTypes = ['all', 'member', 'guest'] as const

export const includedUserRoles = ['all', 'privilegedAdmin', 'admin', 'user'] as const

const count = z.number().int()

export const userRegistrationDetails = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  userDisplayName: z.string(),
  userType: z.enum(['member', 'guest']),
  isAdmin: z.boolean(),
  isMfaRegistered: z.boolean(),
  isMfaCapable: z.boolean(),
  isPasswordlessCapable: z.boolean(),
  isSsprRegistered: z.boolean(),
  isSsprEnabled: z.boolean(),
  isSsprCapable: z.boolean(),
  isSystemPreferredAuthenticationMethodEnabled: z.boolean(),
  systemPreferredAuthenticationMethods: z.array(z.string()),
  userPreferredMethodForSecondaryAuthentication: z.enum([
    'push',
    'oath',
    'voiceMobile',
    'voiceAlternateMobile',
    'voiceOffice',
    'sms',
    'none',
  ]),
  methodsRegistered: z.array(z.enum(registrableMethods)),
  lastUpdatedDateTime: z.iso.datetime(),
})

export type RegistrationDetailsBody = z.infer<typeof userRegistrationDetails>

const flag = { kind: 'boolean', operators: ['eq'] } as const
const name = { kind: 'text', operators: ['eq', 'startsWith'], sortable: true } as const
const names = { kind: 'text', operators: ['any'], items: { '': { kind: 'text', operators: ['eq'] } } } as const

export const registrationDetails: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq'] },
    userDisplayName: name,
    userPrincipalName: name,
    userType: { kind: 'word', operators: ['eq'] },
    isAdmin: flag,
    isMfaRegistered: flag,
    isMfaCapable: flag,
    isPasswordlessCapable: flag,
    isSsprRegistered: flag,
    isSsprEnabled: flag,
    isSsprCapable: flag,
    isSystemPreferredAuthenticationMethodEnabled: flag,
    methodsRegistered: names,
    systemPreferredAuthenticationMethods: names,
  },
  selectable: Object.keys(userRegistrationDetails.shape),
  topMax: 999,
  topDefault: 100,
  sortsWhatItFilters: true,
}

export const oneRegistration: Queryable = { properties: {}, selectable: registrationDetails.selectable, topMax: 1, topDefault: 1 }

const included = { userTypes: z.enum(includedUserTypes), userRoles: z.enum(includedUserRoles) }

export const featureSummary = z.object({
  totalUserCount: count,
  ...included,
  userRegistrationFeatureCounts: z.array(z.object({ feature: z.enum(registrationFeatures), userCount: count })),
})

export const methodSummary = z.object({
  totalUserCount: count,
  ...included,
  userRegistrationMethodCounts: z.array(z.object({ authenticationMethod: z.enum(registrableMethods), userCount: count })),
})

/** Ours: who has a number. */
export const numberHolder = z.object({
  id: z.string(),
  userId: z.string(),
  userPrincipalName: z.string(),
  userDisplayName: z.string(),
  phoneType: z.enum(['mobile', 'alternateMobile', 'office']),
  phoneNumber: z.string(),
  smsSignInState: z.string(),
  createdDateTime: z.iso.datetime(),
  lastUsedDateTime: z.iso.datetime().nullable(),
})

export type NumberHolderBody = z.infer<typeof numberHolder>

export const numberHolders: Queryable = {
  properties: { number: { kind: 'text', operators: ['eq'] } },
  selectable: Object.keys(numberHolder.shape),
  topMax: 999,
  topDefault: 999,
}

/** Ours: who depends on texts and calls. */
export const textDependent = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  userDisplayName: z.string(),
  department: z.string().nullable(),
  preferredLanguage: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  isOnlyWayIn: z.boolean(),
  isOnlySecondFactor: z.boolean(),
})

export type TextDependentBody = z.infer<typeof textDependent>

export const textDependents: Queryable = {
  properties: {
    userDisplayName: name,
    userPrincipalName: name,
    department: { kind: 'text', operators: ['eq', 'startsWith'] },
    isOnlyWayIn: flag,
    isOnlySecondFactor: flag,
  },
  selectable: Object.keys(textDependent.shape),
  topMax: 999,
  topDefault: 100,
  sortsWhatItFilters: true,
}
