import { sql } from 'kysely'
import { hourMs, type Tally, type TallySubject } from '#server/domain/tally.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import { tallySources, tallyStarts } from './tally-sources.ts'
import type { TallyRow } from './tally-span.ts'

const adding = preparedAdd('tallies')
const marking = preparedAdd('tally_marks')
const markOf = prepared((db, tenantId: string, subject: string) =>
  db.selectFrom('tally_marks').select('until').where('tenant_id', '=', tenantId).where('subject', '=', subject),
)
const movingMark = prepared((db, until: number, tenantId: string, subject: string, from: number) =>
  db.updateTable('tally_marks').set({ until }).where('tenant_id', '=', tenantId).where('subject', '=', subject).where('until', '=', from),
)
const kept = prepared((db, tenantId: string, subject: string, from: number, until: number) =>
  db
    .selectFrom('tallies')
    .select(['hour', 'name', 'outcome', 'count'])
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', subject)
    .where('hour', '>=', from)
    .where('hour', '<', until)
    .orderBy('hour'),
)
const forgetting = prepared((db, tenantId: string, subject: string, before: number) =>
  db.deleteFrom('tallies').where('tenant_id', '=', tenantId).where('subject', '=', subject).where('hour', '<', before),
)

/** What happened in each hour, counted once it is over; what is not over yet is counted from its rows whenever somebody asks. */
export class Tallies {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async between(subject: TallySubject, from: Date, until: Date): Promise<Tally[]> {
    const [start, end] = [from.getTime(), until.getTime()]
    const mark = Math.min(Math.max(await this.#mark(subject), start), end)
    const settled = await kept.all(this.#connection, this.#tenantId, subject, start, mark)
    return [...settled, ...(await this.#count(subject, mark, end))].map(toTally)
  }

  /**
   * Counts one more hour, the next in which anything happened, and says whether there may be another. Of two who count at once, one moves the
   * mark, and only that one's count is kept.
   */
  async settle(subject: TallySubject, before: Date): Promise<boolean> {
    const mark = await this.#mark(subject)
    if (mark >= before.getTime()) return false
    const first = await this.#firstAfter(subject, mark)
    const isOver = first === undefined || first >= before.getTime()
    const hour = isOver ? before.getTime() : Math.floor(first / hourMs) * hourMs
    const until = isOver ? hour : hour + hourMs
    if (!(await this.#moveMark(subject, mark, until))) return false
    if (isOver) return false
    for (const row of await this.#count(subject, hour, until)) {
      await adding(this.#connection, { tenant_id: this.#tenantId, subject, ...row })
    }
    return true
  }

  forget(subject: TallySubject, before: Date): Promise<number> {
    return forgetting.write(this.#connection, this.#tenantId, subject, before.getTime())
  }

  async #mark(subject: TallySubject): Promise<number> {
    return (await markOf.first(this.#connection, this.#tenantId, subject))?.until ?? 0
  }

  async #moveMark(subject: TallySubject, from: number, until: number): Promise<boolean> {
    const tenant_id = this.#tenantId
    if (from === 0 && (await marking(this.#connection, { tenant_id, subject, until })) > 0) return true
    return (await movingMark.write(this.#connection, until, tenant_id, subject, from)) > 0
  }

  async #firstAfter(subject: TallySubject, from: number): Promise<number | undefined> {
    const { table, at, only } = tallyStarts[subject]
    const { rows } = await sql<{ first: number }>`
      select ${sql.ref(at)} as first from ${sql.table(table)}
      where tenant_id = ${this.#tenantId} and ${sql.ref(at)} >= ${from} and ${only} order by ${sql.ref(at)} limit 1
    `.execute(this.#connection.kysely)
    return rows[0]?.first
  }

  async #count(subject: TallySubject, from: number, until: number): Promise<TallyRow[]> {
    if (from >= until) return []
    return (await tallySources[subject]({ tenantId: this.#tenantId, from, until }).execute(this.#connection.kysely)).rows
  }
}

function toTally({ hour, name, outcome, count }: TallyRow): Tally {
  return { hour: new Date(hour), name, outcome, count }
}
