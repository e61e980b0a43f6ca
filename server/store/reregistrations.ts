import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const ofUser = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom('reregistrations').select('required_at').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const adding = preparedAdd('reregistrations')
const removed = prepared((db, tenantId: string, userId: string) =>
  db.deleteFrom('reregistrations').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)

/** Who is asked to set up their methods anew the next time they sign in. */
export class Reregistrations {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Since when; undefined for whoever is not asked. */
  async requiredSince(userId: string): Promise<Date | undefined> {
    const row = await ofUser.first(this.#connection, this.#tenantId, userId)
    return row && new Date(row.required_at)
  }

  /** False when they were asked already. */
  async require(userId: string, now: Date): Promise<boolean> {
    return (await adding(this.#connection, { tenant_id: this.#tenantId, user_id: userId, required_at: now.getTime() })) > 0
  }

  /** False when nobody had asked. */
  async end(userId: string): Promise<boolean> {
    return (await removed.write(this.#connection, this.#tenantId, userId)) > 0
  }
}
