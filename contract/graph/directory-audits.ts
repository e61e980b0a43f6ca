import { z } from 'zod'
import type { Queryable } from './queryable.ts'

const text = z.string().nullable()

export const directoryAudit = z.object({
  id: z.string(),
  activityDateTime: z.iso.datetime(),
  activityDisplayName: z.string(),
  additionalDetails: z.array(z.object({ key: z.string(), value: z.string() })),
  category: z.string(),
  correlationId: z.string(),
  initiatedBy: z.object({
    user: z.object({ id: text, displayName: text, userPrincipalName: text, ipAddress: text }).nullable(),
    app: z.object({ appId: text, displayName: text, servicePrincipalId: text, servicePrincipalName: text }).nullable(),
  }),
  loggedByService: z.string(),
  operationType: z.string(),
  result: z.enum(['success', 'failure', 'timeout', 'unknownFutureValue']),
  resultReason: text,
  targetResources: z.array(
    z.object({
      id: z.string(),
      displayName: text,
      type: z.string(),
      userPrincipalName: text,
      groupType: z.enum(['unifiedGroups', 'azureAD', 'unknownFutureValue']).nullable(),
      modifiedProperties: z.array(z.object({ displayName: z.string(), oldValue: text, newValue: text })),
    }),
  ),
})

export type DirectoryAuditBody = z.infer<typeof directoryAudit>

/** Names are compared letter by letter here, so a part of one cannot be asked for. */
const name = { kind: 'word', operators: ['eq', 'in'] } as const

export const directoryAudits: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'] },
    activityDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true },
    activityDisplayName: name,
    category: name,
    operationType: name,
    result: name,
    correlationId: { kind: 'id', operators: ['eq'] },
    'initiatedBy/user/id': { kind: 'id', operators: ['eq', 'in'] },
    targetResources: { kind: 'text', operators: ['any'], items: { id: { kind: 'text', operators: ['eq', 'in'] } } },
  },
  selectable: Object.keys(directoryAudit.shape),
  topMax: 1_000,
  topDefault: 1_000,
  sortsWhatItFilters: true,
}

export const oneDirectoryAudit: Queryable = { properties: {}, selectable: directoryAudits.selectable, topMax: 1, topDefault: 1 }

/** Of a file only the filter can be chosen. */
export const directoryAuditFile: Queryable = { ...directoryAudits, selectable: [], topMax: 1, topDefault: 1 }

/** Ours: what has happened here at least once, to choose from. */
export const auditActivity = z.object({ id: z.string(), category: z.string() })
