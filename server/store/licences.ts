import { type SqlBool, sql } from 'kysely'
import type { CountedSku, HeldLicence, ServicePlan, Sku } from '#server/domain/licence.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import { textsIn } from './tenants.ts'

const removing = prepared((db, tenantId: string, userId: string, skuId: string) =>
  db.deleteFrom('user_licences').where('tenant_id', '=', tenantId).where('user_id', '=', userId).where('sku_id', '=', skuId),
)
const buying = prepared((db, enabledUnits: number, tenantId: string, id: string) =>
  db.updateTable('skus').set({ enabled_units: enabledUnits }).where('tenant_id', '=', tenantId).where('id', '=', id),
)

export class Licences {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async skus(): Promise<CountedSku[]> {
    return this.#counted(sql<SqlBool>`1 = 1`)
  }

  async findSku(id: string): Promise<CountedSku | undefined> {
    return (await this.findSkus([id])).get(id)
  }

  async findSkus(ids: readonly string[]): Promise<Map<string, CountedSku>> {
    if (ids.length === 0) return new Map()
    const found = await this.#counted(sql<SqlBool>`skus.id in (${sql.join(ids)})`)
    return new Map(found.map((sku) => [sku.id, sku]))
  }

  async addSku({ id, partNumber, enabledUnits, plans }: Sku): Promise<void> {
    await this.#connection.kysely
      .insertInto('skus')
      .values({ tenant_id: this.#tenantId, id, part_number: partNumber, enabled_units: enabledUnits, plans: JSON.stringify(plans) })
      .execute()
  }

  async setEnabledUnits(id: string, enabledUnits: number): Promise<void> {
    await buying.write(this.#connection, enabledUnits, this.#tenantId, id)
  }

  async ofUser(userId: string): Promise<HeldLicence[]> {
    return (await this.ofUsers([userId])).get(userId) ?? []
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

  /** Gives the licence, or changes which of its plans are off for somebody who has it. */
  async assign(userId: string, skuId: string, disabledPlans: readonly string[], now: Date): Promise<void> {
    const disabled = JSON.stringify(disabledPlans)
    await this.#connection.kysely
      .insertInto('user_licences')
      .values({ tenant_id: this.#tenantId, user_id: userId, sku_id: skuId, disabled_plans: disabled, assigned_at: now.getTime() })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id', 'sku_id']).doUpdateSet({ disabled_plans: disabled }))
      .execute()
  }

  async remove(userId: string, skuId: string): Promise<void> {
    await removing.write(this.#connection, this.#tenantId, userId, skuId)
  }

  async #counted(which: ReturnType<typeof sql<SqlBool>>): Promise<CountedSku[]> {
    const rows = await this.#connection.kysely
      .selectFrom('skus')
      .select(['id', 'part_number', 'enabled_units', 'plans'])
      .select((skus) =>
        skus
          .selectFrom('user_licences')
          .innerJoin('users', (join) =>
            join.onRef('users.tenant_id', '=', 'user_licences.tenant_id').onRef('users.id', '=', 'user_licences.user_id'),
          )
          .select(sql<number>`count(*)`.as('held'))
          .whereRef('user_licences.tenant_id', '=', 'skus.tenant_id')
          .whereRef('user_licences.sku_id', '=', 'skus.id')
          .where('users.deleted_at', 'is', null)
          .as('consumed_units'),
      )
      .where('skus.tenant_id', '=', this.#tenantId)
      .where(which)
      .orderBy('part_number')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      partNumber: row.part_number,
      enabledUnits: row.enabled_units,
      consumedUnits: row.consumed_units ?? 0,
      plans: plansIn(row.plans),
    }))
  }
}

function plansIn(json: string): ServicePlan[] {
  const plans: ServicePlan[] = JSON.parse(json)
  return plans
}
