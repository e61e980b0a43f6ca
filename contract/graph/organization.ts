import { z } from 'zod'
import { locales } from '../locale.ts'
import type { Queryable } from './queryable.ts'
import { guid, mailAddress, readOnly, requiredLine } from './texts.ts'

const mailsMax = 50
const nameMaxLength = 256

const verifiedDomain = z.object({
  capabilities: z.string(),
  isDefault: z.boolean(),
  isInitial: z.boolean(),
  name: z.string(),
  type: z.enum(['Managed', 'Federated']),
})

export const organization = z.object({
  id: guid,
  assignedPlans: z.array(z.never()),
  businessPhones: z.array(z.string()),
  city: z.string().nullable(),
  country: z.string().nullable(),
  countryLetterCode: z.string().nullable(),
  createdDateTime: z.iso.datetime().nullable(),
  defaultUsageLocation: z.string().nullable(),
  deletedDateTime: z.iso.datetime().nullable(),
  displayName: z.string(),
  marketingNotificationEmails: z.array(z.string()),
  onPremisesLastSyncDateTime: z.iso.datetime().nullable(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  postalCode: z.string().nullable(),
  preferredLanguage: z.string().nullable(),
  provisionedPlans: z.array(z.never()),
  securityComplianceNotificationMails: z.array(z.string()),
  securityComplianceNotificationPhones: z.array(z.string()),
  state: z.string().nullable(),
  street: z.string().nullable(),
  technicalNotificationMails: z.array(z.string()),
  tenantType: z.string().nullable(),
  verifiedDomains: z.array(verifiedDomain),
})

export type OrganizationBody = z.infer<typeof organization>

export const organizations: Queryable = { properties: {}, selectable: Object.keys(organization.shape), topMax: 999, topDefault: 999 }

export const organizationChanges = z
  .strictObject({
    '@odata.type': z.literal('#microsoft.graph.organization'),
    displayName: requiredLine(nameMaxLength),
    countryLetterCode: z
      .string()
      .regex(/^[A-Za-z]{2}$/, { message: 'a country of two letters, as ISO 3166 writes it' })
      .toUpperCase()
      .nullable(),
    preferredLanguage: z.enum(locales, { message: locales.join(', ') }),
    technicalNotificationMails: z.array(mailAddress).max(mailsMax, { message: `at most ${mailsMax} addresses` }),
    id: readOnly,
    assignedPlans: readOnly,
    businessPhones: readOnly,
    city: readOnly,
    country: readOnly,
    createdDateTime: readOnly,
    defaultUsageLocation: readOnly,
    deletedDateTime: readOnly,
    marketingNotificationEmails: readOnly,
    onPremisesLastSyncDateTime: readOnly,
    onPremisesSyncEnabled: readOnly,
    postalCode: readOnly,
    provisionedPlans: readOnly,
    securityComplianceNotificationMails: readOnly,
    securityComplianceNotificationPhones: readOnly,
    state: readOnly,
    street: readOnly,
    tenantType: readOnly,
    verifiedDomains: readOnly,
  })
  .partial()

export type OrganizationChangesBody = z.infer<typeof organizationChanges>
