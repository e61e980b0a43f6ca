import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { newUser } from './users.ts'

const personColumns = {
  userPrincipalName: true,
  displayName: true,
  givenName: true,
  surname: true,
  mail: true,
  jobTitle: true,
  department: true,
  officeLocation: true,
  employeeId: true,
  companyName: true,
  streetAddress: true,
  postalCode: true,
  city: true,
  state: true,
  country: true,
  usageLocation: true,
  preferredLanguage: true,
  mobilePhone: true,
  accountEnabled: true,
} as const

/** What a row says of a person's record, in the words of Graph; a cell that is empty says nothing. */
export const importedPerson = newUser.pick(personColumns).partial().required({ userPrincipalName: true })

export type ImportedPerson = z.infer<typeof importedPerson>

export const personColumnNames: readonly string[] = Object.keys(personColumns)

/** What a row says beside the record: numbers, whether the mobile one signs its person in, and groups by name. */
export const numberColumnNames = ['authenticationPhone', 'signIn', 'alternatePhone', 'officePhone'] as const

export const importMaxBytes = 5 * 1024 * 1024

export const newImport = z.strictObject({
  csv: z.string().min(1, { message: 'a CSV file' }).max(importMaxBytes, { message: 'a CSV file of at most 5 MiB' }),
  dryRun: z.boolean().optional(),
  existing: z.enum(['update', 'skip'], { message: 'update or skip' }).optional(),
})

const counts = {
  rowsDone: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
}

export const importOutcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const

const note = z.object({ code: z.string(), message: z.string() })

export const importRow = z.object({
  id: z.string(),
  row: z.number().int(),
  userPrincipalName: z.string(),
  outcome: z.enum(importOutcomes),
  notes: z.array(note),
})

export const importRun = z.object({
  id: z.string(),
  status: z.enum(['notStarted', 'running', 'succeeded', 'failed']),
  dryRun: z.boolean(),
  createdDateTime: z.iso.datetime(),
  lastActionDateTime: z.iso.datetime(),
  ...counts,
  error: note.nullable(),
  /** Of a dry run: the rows that have something to say, the first thousand of them. */
  rows: z.array(importRow).optional(),
})

export type ImportRunBody = z.infer<typeof importRun>
export type ImportRowBody = z.infer<typeof importRow>

export const importRuns: Queryable = {
  properties: {},
  selectable: Object.keys(importRun.omit({ rows: true }).shape),
  topMax: 100,
  topDefault: 20,
}

export const oneImport: Queryable = { ...importRuns, topMax: 1, topDefault: 1 }

export const importRows: Queryable = {
  properties: { outcome: { kind: 'word', operators: ['eq', 'in'] } },
  selectable: Object.keys(importRow.shape),
  topMax: 999,
  topDefault: 100,
}
