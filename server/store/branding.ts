import { type Branding, noBranding } from '#server/domain/sign-in-settings.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'

const brandingRow = prepared((db, tenantId: string) => db.selectFrom('brandings').selectAll().where('tenant_id', '=', tenantId))
const removed = prepared((db, tenantId: string) => db.deleteFrom('brandings').where('tenant_id', '=', tenantId))
const addRow = preparedAdd('brandings')
const changeRow = preparedChange('brandings', ['tenant_id'])

export class Brandings {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async get(): Promise<Branding> {
    const row = await brandingRow.first(this.#connection, this.#tenantId)
    if (!row) return noBranding
    return { colour: row.colour ?? undefined, logo: row.logo ?? undefined, note: row.note ?? undefined }
  }

  async set({ colour, logo, note }: Branding): Promise<void> {
    const columns = { colour: colour ?? null, logo: logo ?? null, note: note ?? null }
    const isNew = (await addRow(this.#connection, { tenant_id: this.#tenantId, ...columns })) > 0
    if (!isNew) await changeRow(this.#connection, [this.#tenantId], columns)
  }

  async remove(): Promise<void> {
    await removed.write(this.#connection, this.#tenantId)
  }
}
