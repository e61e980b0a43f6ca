import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { readOnly } from './texts.ts'

const authenticationType = z.enum(['Managed', 'Federated'], { message: 'Managed, Federated' })

export const domain = z.object({
  id: z.string(),
  authenticationType,
  availabilityStatus: z.null(),
  isAdminManaged: z.boolean(),
  isDefault: z.boolean(),
  isInitial: z.boolean(),
  isRoot: z.boolean(),
  isVerified: z.boolean(),
  manufacturer: z.null(),
  model: z.null(),
  passwordNotificationWindowInDays: z.int().nullable(),
  passwordValidityPeriodInDays: z.int().nullable(),
  state: z.null(),
  supportedServices: z.array(z.string()),
})

export type DomainBody = z.infer<typeof domain>

export const domains: Queryable = { properties: {}, selectable: Object.keys(domain.shape), topMax: 999, topDefault: 999 }

export const domainChanges = z
  .strictObject({
    '@odata.type': z.literal('#microsoft.graph.domain'),
    authenticationType,
    isDefault: z.boolean(),
    id: readOnly,
    availabilityStatus: readOnly,
    isAdminManaged: readOnly,
    isInitial: readOnly,
    isRoot: readOnly,
    isVerified: readOnly,
    manufacturer: readOnly,
    model: readOnly,
    passwordNotificationWindowInDays: readOnly,
    passwordValidityPeriodInDays: readOnly,
    state: readOnly,
    supportedServices: readOnly,
  })
  .partial()

export type DomainChangesBody = z.infer<typeof domainChanges>
