import { type RawBuilder, sql } from 'kysely'
import { hourMs } from '#server/domain/tally.ts'

export interface TallyRow {
  hour: number
  name: string
  outcome: string
  count: number
}

/** Whose rows, and from when until when. */
export interface Span {
  tenantId: string
  from: number
  until: number
}

/** Both engines divide whole numbers into whole numbers. */
export const hourOf = (column: string) => sql`${sql.ref(column)} / ${sql.lit(hourMs)} * ${sql.lit(hourMs)}`

export interface TallyStart {
  table: string
  at: string
  only: RawBuilder<unknown>
}
