import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, line, mailAddress, readOnly, requiredLine, userPrincipalName } from './texts.ts'

const text = (lengthMax: number) => line(lengthMax).nullable()
const countryCode = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { message: 'a country code of two letters' })
  .transform((code) => code.toUpperCase())
const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, { message: 'a language such as nl-NL' })
const phone = line(64)

export const passwordProfile = z.strictObject({
  password: z
    .string()
    .min(8, { message: 'a password of at least 8 characters' })
    .max(256, { message: 'a password of at most 256 characters' })
    .nullable()
    .optional(),
  forceChangePasswordNextSignIn: z.boolean().optional(),
  forceChangePasswordNextSignInWithMfa: z.boolean().optional(),
})

const writable = {
  accountEnabled: z.boolean(),
  displayName: requiredLine(256),
  mailNickname: requiredLine(64).regex(/^[^\s@()\\[\]";:<>,]+$/, { message: 'a nickname without spaces or @' }),
  userPrincipalName,
  givenName: text(64),
  surname: text(64),
  mail: mailAddress.nullable(),
  jobTitle: text(128),
  department: text(64),
  officeLocation: text(128),
  employeeId: text(16),
  companyName: text(64),
  streetAddress: text(1024),
  postalCode: text(40),
  city: text(128),
  state: text(128),
  country: text(128),
  usageLocation: countryCode.nullable(),
  preferredLanguage: languageTag.nullable(),
  mobilePhone: phone.nullable(),
  businessPhones: z.array(phone).max(1, { message: 'at most one number' }),
  otherMails: z.array(mailAddress).max(250, { message: 'at most 250 addresses' }),
  userType: z.enum(['Member', 'Guest'], { message: 'Member or Guest' }),
  passwordPolicies: z
    .enum(['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], {
      message: 'None, DisablePasswordExpiration or DisableStrongPassword',
    })
    .nullable(),
  passwordProfile: passwordProfile.nullable(),
}

const readOnlyProperties = {
  id: readOnly,
  createdDateTime: readOnly,
  deletedDateTime: readOnly,
  assignedLicenses: readOnly,
  identities: readOnly,
  lastPasswordChangeDateTime: readOnly,
  signInSessionsValidFromDateTime: readOnly,
  onPremisesSyncEnabled: readOnly,
}

export const newUser = z
  .strictObject({ '@odata.type': z.literal('#microsoft.graph.user').optional(), ...writable, ...readOnlyProperties })
  .partial()
  .required({ accountEnabled: true, displayName: true, mailNickname: true, userPrincipalName: true })

export type NewUserBody = z.infer<typeof newUser>

export const userChanges = z
  .strictObject({ '@odata.type': z.literal('#microsoft.graph.user').optional(), ...writable, ...readOnlyProperties })
  .partial()

export type UserChangesBody = z.infer<typeof userChanges>

const instant = z.iso.datetime()

export const user = z.object({
  id: guid,
  accountEnabled: z.boolean(),
  assignedLicenses: z.array(z.object({ skuId: guid, disabledPlans: z.array(guid) })),
  businessPhones: z.array(z.string()),
  city: z.string().nullable(),
  companyName: z.string().nullable(),
  country: z.string().nullable(),
  createdDateTime: instant,
  deletedDateTime: instant.nullable(),
  department: z.string().nullable(),
  displayName: z.string(),
  employeeId: z.string().nullable(),
  givenName: z.string().nullable(),
  identities: z.array(z.object({ signInType: z.string(), issuer: z.string(), issuerAssignedId: z.string() })),
  jobTitle: z.string().nullable(),
  lastPasswordChangeDateTime: instant.nullable(),
  mail: z.string().nullable(),
  mailNickname: z.string(),
  mobilePhone: z.string().nullable(),
  officeLocation: z.string().nullable(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  otherMails: z.array(z.string()),
  passwordPolicies: z.string().nullable(),
  postalCode: z.string().nullable(),
  preferredLanguage: z.string().nullable(),
  signInSessionsValidFromDateTime: instant,
  state: z.string().nullable(),
  streetAddress: z.string().nullable(),
  surname: z.string().nullable(),
  usageLocation: z.string().nullable(),
  userPrincipalName: z.string(),
  userType: z.enum(['Member', 'Guest']),
})

export type UserBody = z.infer<typeof user>

/** What an answer carries when nobody chose with `$select`. */
export const usualUserProperties = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
] as const satisfies readonly (keyof UserBody)[]

const textual = { kind: 'text', operators: ['eq', 'in', 'startsWith'], advanced: ['ne', 'endsWith'] } as const

export const users: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'], advanced: ['ne'] },
    displayName: { ...textual, operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'], sortable: true, searchable: true },
    userPrincipalName: { ...textual, operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'], sortable: true, searchable: true },
    mail: { ...textual, sortable: true, searchable: true },
    mailNickname: { ...textual, searchable: true },
    givenName: { ...textual, sortable: true, searchable: true },
    surname: { ...textual, sortable: true, searchable: true },
    jobTitle: { ...textual, searchable: true },
    department: { ...textual, searchable: true },
    officeLocation: { ...textual, searchable: true },
    employeeId: textual,
    accountEnabled: { kind: 'boolean', operators: ['eq'], advanced: ['ne'] },
    userType: { kind: 'word', operators: ['eq', 'in'], advanced: ['ne'] },
    usageLocation: { kind: 'word', operators: ['eq', 'in'], advanced: ['ne'] },
    preferredLanguage: { kind: 'word', operators: ['eq', 'in'], advanced: ['ne'] },
    createdDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true },
    assignedLicenses: { kind: 'id', operators: ['any'], items: { skuId: { kind: 'id', operators: ['eq'] } } },
    identities: {
      kind: 'text',
      operators: ['any'],
      items: { issuerAssignedId: { kind: 'text', operators: ['eq'] }, issuer: { kind: 'text', operators: ['eq'] } },
    },
  },
  selectable: Object.keys(user.shape),
  expandable: ['manager'],
  topMax: 999,
  topDefault: 100,
  sortsWhatItFilters: true,
}

/** One user: chosen from, never filtered. */
export const oneUser: Queryable = { properties: {}, selectable: users.selectable, expandable: ['manager'], topMax: 1, topDefault: 1 }

export const deletedUsers: Queryable = {
  ...users,
  properties: { ...users.properties, deletedDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true } },
  expandable: [],
}

/** `newUserPrincipalName` is ours: it helps where somebody else took the old name meanwhile. */
export const restoredUser = z.strictObject({ newUserPrincipalName: userPrincipalName.optional() }).optional()

export const sessionsEnded = z.object({ value: z.literal(true) })
