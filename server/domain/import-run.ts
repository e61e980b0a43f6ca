import type { RefusalCode } from '#contract/refusals.ts'
import type { Author } from './caller.ts'
import { Refusal, type RefusalDetails } from './refusal.ts'

/** That a number stands elsewhere too, or one so like it that one of them may be mistyped. */
export type Likeness =
  | 'number_also_in_row'
  | 'number_nearly_in_row'
  | 'number_also_held'
  | 'number_nearly_held'
  | 'sign_in_name_held'
  | 'sign_in_name_in_row'

/** What is worth saying about a row beside what became of it. */
export type NoteCode = RefusalCode | Likeness

export interface Note {
  code: NoteCode
  details: RefusalDetails
}

export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed'

export interface RowResult {
  row: number
  userPrincipalName: string
  outcome: Outcome
  notes: readonly Note[]
}

export type Counts = Record<Outcome, number>

/** In whose name people are brought in. A person or an app is asked anew, batch by batch, what they may do; the server itself may. */
export type Importer =
  | { kind: 'server'; author: Author }
  | {
      kind: 'caller'
      author: Author
      id: string
      isApp: boolean
      epoch: number | undefined
      scopes: readonly string[]
      strongProofAt: number | undefined
    }

export interface ImportOrders {
  importer: Importer
  /** What to do with people who are here already. */
  existing: 'update' | 'skip'
}

export type ImportState = 'waiting' | 'done' | 'failed'

export interface ImportRun {
  id: string
  orders: ImportOrders
  state: ImportState
  problem: Note | undefined
  rowsDone: number
  counts: Counts
  isLeased: boolean
  startedAt: Date
  changedAt: Date
}

export const noCounts: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }

export function countOf(results: readonly RowResult[]): Counts {
  const counts = { ...noCounts }
  for (const { outcome } of results) counts[outcome] += 1
  return counts
}

export function addedUp(one: Counts, other: Counts): Counts {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    skipped: one.skipped + other.skipped,
    failed: one.failed + other.failed,
  }
}

/** Why something was refused, as a note; a mistake of ours is thrown on. */
export function noteOf(error: unknown): Note {
  if (error instanceof Refusal) return { code: error.code, details: error.details }
  throw error
}
