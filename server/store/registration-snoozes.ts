import type { PolicyId } from '#contract/method-ids.ts'
import type { Snooze } from '#server/domain/registration-campaign.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const table = 'registration_snoozes'

const ofUser = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const adding = preparedAdd(table)
const oneMore = prepared((db, times: number, now: number, tenantId: string, userId: string, method: string, before: number) =>
  db
    .updateTable(table)
    .set({ times, snoozed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('method', '=', method)
    .where('times', '=', before),
)

/** What people put off setting up, and how often. */
export class RegistrationSnoozes {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** By method. */
  async ofUser(userId: string): Promise<ReadonlyMap<string, Snooze>> {
    const rows = await ofUser.all(this.#connection, this.#tenantId, userId)
    return new Map(rows.map(({ method, times, snoozed_at }) => [method, { times, at: new Date(snoozed_at) }]))
  }

  /** Counts once for the offer that was shown after so many times, however often its button was pressed. */
  async snooze(userId: string, method: PolicyId, timesBefore: number, now: Date): Promise<boolean> {
    const key = { tenant_id: this.#tenantId, user_id: userId, method }
    if (timesBefore === 0) return (await adding(this.#connection, { ...key, times: 1, snoozed_at: now.getTime() })) > 0
    return (await oneMore.write(this.#connection, timesBefore + 1, now.getTime(), this.#tenantId, userId, method, timesBefore)) > 0
  }
}
