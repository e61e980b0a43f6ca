import { z } from 'zod'
import { unit } from './administrative-units.ts'
import { group } from './groups.ts'
import type { Queryable } from './queryable.ts'
import { guid } from './texts.ts'
import { user } from './users.ts'

/** A person, group, unit or role; `@odata.type` says which, and with it what else there is to read. */
export const directoryObject = z.looseObject({ '@odata.type': z.string(), id: guid })

const selectable = [...new Set(['roleTemplateId', ...Object.keys({ ...user.shape, ...group.shape, ...unit.shape })])]

/** Whatever their kind, objects are asked for by what they all have. */
export const directoryObjects: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'], advanced: ['ne'] },
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith', 'ge', 'le', 'gt', 'lt'],
      advanced: ['ne', 'endsWith'],
      sortable: true,
      searchable: true,
    },
  },
  selectable,
  topMax: 999,
  topDefault: 100,
}

export const oneDirectoryObject: Queryable = { properties: {}, selectable, topMax: 1, topDefault: 1 }

/** `GET …/members/$ref` answers with nothing but addresses. */
export const objectAddress = z.object({ '@odata.id': z.string() })

export const objectAddresses: Queryable = { ...directoryObjects, selectable: [] }

/** Kinds that Graph knows and this directory has none of may be asked for; nothing is found. */
export const objectTypes = [
  'user',
  'group',
  'administrativeUnit',
  'directoryRole',
  'directoryObject',
  'application',
  'appRoleAssignment',
  'contract',
  'device',
  'directoryRoleTemplate',
  'endpoint',
  'extensionProperty',
  'organization',
  'orgContact',
  'policyBase',
  'resourceSpecificPermissionGrant',
  'servicePrincipal',
] as const

const idsMax = 1_000
const groupIdsMax = 20

export const objectsWanted = z.strictObject({
  ids: z
    .array(guid)
    .min(1, { message: 'at least one id' })
    .max(idsMax, { message: `at most ${idsMax} ids` }),
  types: z.array(z.enum(objectTypes, { message: 'kinds of directory objects' })).optional(),
})

export type ObjectsWantedBody = z.infer<typeof objectsWanted>

export const membershipsWanted = z.strictObject({ securityEnabledOnly: z.boolean().nullable().optional() })

export const groupsToCheck = z.strictObject({
  groupIds: z
    .array(guid)
    .min(1, { message: 'at least one id' })
    .max(groupIdsMax, { message: `at most ${groupIdsMax} ids` }),
})

export const foundIds = z.object({ value: z.array(guid) })
