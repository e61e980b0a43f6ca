import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

const hashOf = prepared((db, tenantId: string, id: string) =>
  db
    .selectFrom('users')
    .select(['password_hash', 'password_changed_at', 'must_change_password'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null),
)
const anybody = prepared((db, tenantId: string) =>
  db
    .selectFrom('users')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('password_hash', 'is not', null)
    .where('deleted_at', 'is', null)
    .limit(1),
)
const rehashing = prepared((db, hash: string, tenantId: string, id: string, before: string) =>
  db
    .updateTable('users')
    .set({ password_hash: hash })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('password_hash', '=', before),
)

export interface PersonPassword {
  hash: string
  changedAt: Date
  mustChange: boolean
}

/** What is kept of people's passwords. It stands apart from their record, so that nothing that shows people can show this. */
export class PersonPasswords {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(userId: string): Promise<PersonPassword | undefined> {
    const row = await hashOf.first(this.#connection, this.#tenantId, userId)
    if (!row || row.password_hash === null) return undefined
    return { hash: row.password_hash, changedAt: new Date(row.password_changed_at ?? 0), mustChange: row.must_change_password === 1 }
  }

  /** Whether anybody here has one: then signing in asks for it. */
  async anybodyHasOne(): Promise<boolean> {
    return (await anybody.first(this.#connection, this.#tenantId)) !== undefined
  }

  /** The same password, hashed at today's cost. False when it was changed meanwhile. */
  async rehash(userId: string, before: string, hash: string): Promise<boolean> {
    return (await rehashing.write(this.#connection, hash, this.#tenantId, userId, before)) > 0
  }
}
