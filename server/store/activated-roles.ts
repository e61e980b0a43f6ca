import { roleIdOf } from '#server/domain/roles.ts'
import type { Connection } from './connection.ts'

/** In use from the first day of every organisation, as in Entra. */
const alwaysActive = roleIdOf('Global Administrator')

/** The roles an organisation has taken into use; they never go out of use again. */
export class ActivatedRoles {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async all(): Promise<ReadonlySet<string>> {
    const rows = await this.#connection.kysely
      .selectFrom('activated_roles')
      .select('role_id')
      .where('tenant_id', '=', this.#tenantId)
      .execute()
    return new Set([alwaysActive, ...rows.map((row) => row.role_id)])
  }

  /** False when it was in use already. */
  async add(roleId: string, now: Date): Promise<boolean> {
    if (roleId === alwaysActive) return false
    const { numInsertedOrUpdatedRows } = await this.#connection.kysely
      .insertInto('activated_roles')
      .values({ tenant_id: this.#tenantId, role_id: roleId, activated_at: now.getTime() })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'role_id']).doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows !== 0n
  }
}
