import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const table = 'checklist_steps'

const allRows = prepared((db, tenantId: string) =>
  db.selectFrom(table).select(['step', 'reached_at']).where('tenant_id', '=', tenantId).orderBy('step'),
)
const removed = prepared((db, tenantId: string, step: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('step', '=', step),
)
const addRow = preparedAdd(table)
const firstApp = prepared((db, tenantId: string) =>
  db.selectFrom('apps').select('created_at').where('tenant_id', '=', tenantId).orderBy('created_at').limit(1),
)
const firstSignIn = prepared((db, tenantId: string, since: number) =>
  db
    .selectFrom('sign_ins')
    .select('started_at')
    .where('tenant_id', '=', tenantId)
    .where('started_at', '>=', since)
    .where('error_code', '=', 0)
    .where('identifier_type', '=', 'phoneNumber')
    .orderBy('started_at')
    .limit(1),
)

/** How far an organisation is with setting up: which steps it reached, and when that was first seen. */
export class ChecklistSteps {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async all(): Promise<ReadonlyMap<string, Date>> {
    const rows = await allRows.all(this.#connection, this.#tenantId)
    return new Map(rows.map(({ step, reached_at }) => [step, new Date(reached_at)]))
  }

  async firstAppAt(): Promise<Date | undefined> {
    const row = await firstApp.first(this.#connection, this.#tenantId)
    return row && new Date(row.created_at)
  }

  /** Not further back than that: where the log is long, somebody has looked before. */
  async firstSignInByNumber(since: Date): Promise<Date | undefined> {
    const row = await firstSignIn.first(this.#connection, this.#tenantId, since.getTime())
    return row && new Date(row.started_at)
  }

  /** The first to see it says when. */
  async reach(step: string, at: Date): Promise<void> {
    await addRow(this.#connection, { tenant_id: this.#tenantId, step, reached_at: at.getTime() })
  }

  async undo(step: string): Promise<void> {
    await removed.write(this.#connection, this.#tenantId, step)
  }
}
