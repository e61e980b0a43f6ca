import type { PhoneType } from '#server/domain/phone.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Vault } from './vault.ts'

const numbersBehind = prepared((db, tenantId: string, userId: string, type: string, max: number) =>
  db
    .selectFrom('phones')
    .select(['user_id', 'phone_type', 'number_sealed'])
    .where('tenant_id', '=', tenantId)
    .where((row) => row(row.refTuple('user_id', 'phone_type'), '>', row.tuple(userId, type)))
    .orderBy('user_id')
    .orderBy('phone_type')
    .limit(max),
)

export interface HeldNumber {
  userId: string
  type: PhoneType
  number: PhoneNumber
}

export class MethodReports {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  /** Every number there is, a page at a time. */
  async *numbers(pageMax: number): AsyncGenerator<HeldNumber> {
    let [userId, type] = ['', '']
    for (;;) {
      const rows = await numbersBehind.all(this.#connection, this.#tenantId, userId, type, pageMax)
      for (const row of rows) yield this.#toNumber(row.user_id, row.phone_type, row.number_sealed)
      const last = rows.at(-1)
      if (!last || rows.length < pageMax) return
      userId = last.user_id
      type = last.phone_type
    }
  }

  #toNumber(userId: string, kind: string, sealed: string): HeldNumber {
    const type = kind === 'mobile' || kind === 'alternateMobile' ? kind : 'office'
    const number = this.#vault.open(sealed, { table: 'phones', column: 'number_sealed', row: `${userId} ${type}` })
    return { userId, type, number: canonicalNumber(number) }
  }
}
