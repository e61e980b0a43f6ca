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

  /** The first to see it says when. */
  async reach(step: string, at: Date): Promise<void> {
    await addRow(this.#connection, { tenant_id: this.#tenantId, step, reached_at: at.getTime() })
  }

  async undo(step: string): Promise<void> {
    await removed.write(this.#connection, this.#tenantId, step)
  }
}
