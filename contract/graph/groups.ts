import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { bound } from './references.ts'
import { guid, line, readOnly, requiredLine } from './texts.ts'

/** As many as one request may connect. */
export const boundMax = 20

const securityOnly = 'only security groups exist here'

const writable = {
  displayName: requiredLine(256),
  description: line(1024).nullable(),
  mailNickname: requiredLine(64).regex(/^[^\s@()\\[\]";:.<>,\u0080-\u{10ffff}]+$/u, {
    message: 'a nickname of ASCII characters without spaces, periods or @',
  }),
  mailEnabled: z.literal(false, { message: `false: ${securityOnly}` }),
  securityEnabled: z.literal(true, { message: `true: ${securityOnly}` }),
  groupTypes: z.array(z.unknown()).max(0, { message: `an empty list: ${securityOnly}` }),
  visibility: z.literal('Private', { message: 'Private or null' }).nullable(),
  'members@odata.bind': bound(boundMax),
}

const readOnlyProperties = {
  id: readOnly,
  createdDateTime: readOnly,
  deletedDateTime: readOnly,
  mail: readOnly,
  onPremisesSyncEnabled: readOnly,
}

const odataType = z.literal('#microsoft.graph.group').optional()

export const newGroup = z
  .strictObject({
    '@odata.type': odataType,
    ...writable,
    isAssignableToRole: z.boolean().nullable(),
    'owners@odata.bind': bound(boundMax),
    ...readOnlyProperties,
  })
  .partial()
  .required({ displayName: true, mailNickname: true, mailEnabled: true, securityEnabled: true })

export type NewGroupBody = z.infer<typeof newGroup>

/** Whether a group may hold roles is settled when it is made: otherwise its members would become guarded, or cease to be, behind their backs. */
export const groupChanges = z
  .strictObject({ '@odata.type': odataType, ...writable, isAssignableToRole: readOnly, ...readOnlyProperties })
  .partial()

export type GroupChangesBody = z.infer<typeof groupChanges>

const instant = z.iso.datetime()

export const group = z.object({
  id: guid,
  deletedDateTime: instant.nullable(),
  createdDateTime: instant,
  description: z.string().nullable(),
  displayName: z.string(),
  groupTypes: z.array(z.string()),
  isAssignableToRole: z.boolean(),
  mail: z.string().nullable(),
  mailEnabled: z.boolean(),
  mailNickname: z.string(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  securityEnabled: z.boolean(),
  visibility: z.string().nullable(),
})

export type GroupBody = z.infer<typeof group>

const flag = { kind: 'boolean', operators: ['eq'], advanced: ['ne'] } as const

export const groups: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'], advanced: ['ne'] },
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'],
      advanced: ['ne', 'endsWith'],
      sortable: true,
      searchable: true,
    },
    mailNickname: { kind: 'text', operators: ['eq', 'in', 'startsWith'], advanced: ['ne', 'endsWith'], searchable: true },
    createdDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true },
    isAssignableToRole: flag,
    securityEnabled: flag,
    mailEnabled: flag,
    groupTypes: { kind: 'text', operators: ['any'], items: { '': { kind: 'text', operators: ['eq'] } } },
  },
  selectable: Object.keys(group.shape),
  expandable: ['members'],
  topMax: 999,
  topDefault: 100,
  sortsWhatItFilters: true,
}

/** One group: chosen from, never filtered. */
export const oneGroup: Queryable = { properties: {}, selectable: groups.selectable, expandable: ['members'], topMax: 1, topDefault: 1 }
