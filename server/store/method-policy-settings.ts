import { type MethodsPolicySettings, usualMethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'

const settingsRow = prepared((db, tenantId: string) =>
  db.selectFrom('method_policy_settings').selectAll().where('tenant_id', '=', tenantId),
)
const addRow = preparedAdd('method_policy_settings')
const changeRow = preparedChange('method_policy_settings', ['tenant_id'])

/** What an organisation decides about all methods together, and when it last decided anything about any. */
export class MethodPolicySettings {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async get(): Promise<{ settings: MethodsPolicySettings; changedAt: Date | undefined }> {
    const row = await settingsRow.first(this.#connection, this.#tenantId)
    const settings: Partial<MethodsPolicySettings> = row ? JSON.parse(row.settings) : {}
    return { settings: { ...usualMethodsPolicySettings, ...settings }, changedAt: row && new Date(row.changed_at) }
  }

  async set(settings: MethodsPolicySettings, now: Date): Promise<void> {
    const columns = { settings: JSON.stringify(settings), changed_at: now.getTime() }
    const isNew = (await addRow(this.#connection, { tenant_id: this.#tenantId, ...columns })) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId], columns)
  }
}
