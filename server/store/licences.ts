import type { HeldLicence } from '#server/domain/licence.ts'
import type { Connection } from './connection.ts'
import { textsIn } from './tenants.ts'

export class Licences {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async ofUsers(userIds: readonly string[]): Promise<Map<string, HeldLicence[]>> {
    const held = new Map<string, HeldLicence[]>(userIds.map((id) => [id, []]))
    if (userIds.length === 0) return held
    const rows = await this.#connection.kysely
      .selectFrom('user_licences')
      .select(['user_id', 'sku_id', 'disabled_plans'])
      .where('tenant_id', '=', this.#tenantId)
      .where('user_id', 'in', userIds)
      .orderBy('assigned_at')
      .orderBy('sku_id')
      .execute()
    for (const row of rows) held.get(row.user_id)?.push({ skuId: row.sku_id, disabledPlans: textsIn(row.disabled_plans) })
    return held
  }
}
