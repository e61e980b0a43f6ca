import { type Channel, channels } from '#contract/graph/gateways.ts'
import type { OwnGateway, OwnGateways, SettingsOf } from '#server/domain/own-gateway.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

const table = 'own_gateways'

const allRows = prepared((db, tenantId: string) => db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId))
const oneRow = prepared((db, tenantId: string, channel: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('channel', '=', channel),
)
const removed = prepared((db, tenantId: string, channel: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('channel', '=', channel),
)
const addRow = preparedAdd(table)
const changeRow = preparedChange(table, ['tenant_id', 'channel'])

/** What an organisation sends by, where it set that up itself. All of it is sealed: secrets stand in it. */
export class OwnGatewayStore {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async all(): Promise<OwnGateways> {
    const rows = await allRows.all(this.#connection, this.#tenantId)
    const known = rows.filter((row) => channels.some((channel) => channel === row.channel))
    return Object.fromEntries(known.map((row) => [row.channel, this.#toGateway(row)]))
  }

  async find<C extends Channel>(channel: C): Promise<OwnGateway<C> | undefined> {
    const row = await oneRow.first(this.#connection, this.#tenantId, channel)
    return row && this.#toGateway<C>(row)
  }

  async set<C extends Channel>(channel: C, settings: SettingsOf[C], now: Date): Promise<void> {
    const columns = { settings_sealed: this.#vault.seal(JSON.stringify(settings), placeOf(channel)), changed_at: now.getTime() }
    const isNew = (await addRow(this.#connection, { tenant_id: this.#tenantId, channel, ...columns })) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId, channel], columns)
  }

  async remove(channel: Channel): Promise<boolean> {
    return (await removed.write(this.#connection, this.#tenantId, channel)) > 0
  }

  #toGateway<C extends Channel>(row: Selected<typeof table>): OwnGateway<C> {
    // Only `set` writes it, from settings of this channel.
    const settings = JSON.parse(this.#vault.open(row.settings_sealed, placeOf(row.channel))) as SettingsOf[C]
    return { settings, changedAt: new Date(row.changed_at) }
  }
}

function placeOf(channel: string) {
  return { table, column: 'settings_sealed', row: channel }
}
