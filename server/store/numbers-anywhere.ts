import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

const indexBytes = 16

const holdersAnywhere = prepared((db, numberAnywhere: string) =>
  db
    .selectFrom('phones')
    .innerJoin('users', (join) => join.onRef('users.tenant_id', '=', 'phones.tenant_id').onRef('users.id', '=', 'phones.user_id'))
    .select(['phones.tenant_id', 'phones.user_id'])
    .where('phones.number_anywhere', '=', numberAnywhere)
    .where('phones.is_sign_in_name', '=', sql.lit(1))
    .where('users.deleted_at', 'is', null)
    .orderBy('phones.tenant_id'),
)

/** Finds a number in whichever tenants it is known. The key belongs to the installation. */
export class NumbersAnywhere {
  readonly #key: KeyObject

  constructor(key: Buffer) {
    this.#key = createSecretKey(key)
  }

  indexOf(number: PhoneNumber): string {
    return createHmac('sha256', this.#key).update(number).digest().subarray(0, indexBytes).toString('base64url')
  }

  async findSignInHolders(connection: Connection, number: PhoneNumber): Promise<{ tenantId: string; userId: string }[]> {
    const rows = await holdersAnywhere.all(connection, this.indexOf(number))
    return rows.map((row) => ({ tenantId: row.tenant_id, userId: row.user_id }))
  }
}
