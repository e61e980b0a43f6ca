import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, line, readOnly, requiredLine } from './texts.ts'

const assignedOnly = 'members are only ever assigned here'

const writable = {
  displayName: requiredLine(256),
  description: line(1024).nullable(),
  visibility: z.enum(['HiddenMembership', 'Public'], { message: 'HiddenMembership, Public or null' }).nullable(),
  membershipType: z.literal('Assigned', { message: `Assigned or null: ${assignedOnly}` }).nullable(),
  membershipRule: z.null({ message: `null: ${assignedOnly}` }),
  membershipRuleProcessingState: z.null({ message: `null: ${assignedOnly}` }),
}

const odataType = z.literal('#microsoft.graph.administrativeUnit').optional()

export const newUnit = z
  .strictObject({
    '@odata.type': odataType,
    ...writable,
    isMemberManagementRestricted: z.boolean().nullable(),
    id: readOnly,
    deletedDateTime: readOnly,
  })
  .partial()
  .required({ displayName: true })

export type NewUnitBody = z.infer<typeof newUnit>

export const unitChanges = z
  .strictObject({ '@odata.type': odataType, ...writable, isMemberManagementRestricted: readOnly, id: readOnly, deletedDateTime: readOnly })
  .partial()

export type UnitChangesBody = z.infer<typeof unitChanges>

export const unit = z.object({
  id: guid,
  deletedDateTime: z.iso.datetime().nullable(),
  description: z.string().nullable(),
  displayName: z.string(),
  isMemberManagementRestricted: z.boolean(),
  membershipRule: z.string().nullable(),
  membershipRuleProcessingState: z.string().nullable(),
  membershipType: z.string().nullable(),
  visibility: z.string().nullable(),
})

export type UnitBody = z.infer<typeof unit>

export const units: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'], advanced: ['ne'] },
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'],
      advanced: ['ne', 'endsWith'],
      sortable: true,
      searchable: true,
    },
    visibility: { kind: 'word', operators: ['eq', 'in'], advanced: ['ne'] },
    isMemberManagementRestricted: { kind: 'boolean', operators: ['eq'], advanced: ['ne'] },
  },
  selectable: Object.keys(unit.shape),
  topMax: 999,
  topDefault: 100,
}

export const oneUnit: Queryable = { properties: {}, selectable: units.selectable, topMax: 1, topDefault: 1 }
