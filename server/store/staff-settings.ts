import { type StaffSettings, usualStaffSettings } from '#server/domain/staff-settings.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { textsIn } from './tenants.ts'

const table = 'staff_settings'

const settingsRow = prepared((db, tenantId: string) => db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId))
const addRow = preparedAdd(table)
const changeRow = preparedChange(table, ['tenant_id'])

export class StaffSettingsStore {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async get(): Promise<StaffSettings> {
    const row = await settingsRow.first(this.#connection, this.#tenantId)
    if (!row) return usualStaffSettings
    return { access: toAccess(row.access), groupIds: textsIn(row.group_ids) }
  }

  async set({ access, groupIds }: StaffSettings): Promise<void> {
    const columns = { access, group_ids: JSON.stringify(groupIds) }
    const isNew = (await addRow(this.#connection, { tenant_id: this.#tenantId, ...columns })) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId], columns)
  }
}

/** A word nobody knows lets nobody in. */
function toAccess(text: string): StaffSettings['access'] {
  return text === 'all' || text === 'selected' ? text : 'none'
}
