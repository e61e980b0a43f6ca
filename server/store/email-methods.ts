import { addressKey, canonicalAddress, type EmailAddress } from '#server/domain/email-address.ts'
import type { EmailMethod, NewEmailMethod } from '#server/domain/email-method.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

const table = 'email_methods'

const ofUser = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const used = prepared((db, now: number, tenantId: string, userId: string) =>
  db.updateTable(table).set({ proven_at: now, used_at: now }).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const removed = prepared((db, tenantId: string, userId: string, index: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('user_id', '=', userId).where('address_index', '=', index),
)
const addRow = preparedAdd(table)
const changeRow = preparedChange(table, ['tenant_id', 'user_id'])

export class EmailMethods {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async ofUser(userId: string): Promise<EmailMethod | undefined> {
    const row = await ofUser.first(this.#connection, this.#tenantId, userId)
    return row && this.#toMethod(row)
  }

  /** False where the person has one already. */
  async add({ userId, address, provenAt }: NewEmailMethod, now: Date): Promise<boolean> {
    const row = {
      tenant_id: this.#tenantId,
      user_id: userId,
      ...this.#sealed(userId, address),
      proven_at: provenAt?.getTime() ?? null,
      used_at: null,
      created_at: now.getTime(),
    }
    return (await addRow(this.#connection, row)) > 0
  }

  /** Another address in the place of the one there is; what was known of that one is forgotten. */
  async change({ userId, address, provenAt }: NewEmailMethod, now: Date): Promise<boolean> {
    const proven = provenAt?.getTime() ?? null
    const row = { ...this.#sealed(userId, address), proven_at: proven, used_at: null, created_at: now.getTime() }
    return (await changeRow(this.#connection, [this.#tenantId, userId], row)) > 0
  }

  async markUsed(userId: string, now: Date): Promise<void> {
    await used.write(this.#connection, now.getTime(), this.#tenantId, userId)
  }

  /** False where it is another by now, or gone. */
  async remove({ userId, address }: Pick<EmailMethod, 'userId' | 'address'>): Promise<boolean> {
    return (await removed.write(this.#connection, this.#tenantId, userId, this.#vault.indexOf(addressKey(address)))) > 0
  }

  #sealed(userId: string, address: EmailAddress) {
    return { address_sealed: this.#vault.seal(address, place(userId)), address_index: this.#vault.indexOf(addressKey(address)) }
  }

  #toMethod(row: Selected<typeof table>): EmailMethod {
    return {
      userId: row.user_id,
      address: canonicalAddress(this.#vault.open(row.address_sealed, place(row.user_id))),
      provenAt: row.proven_at === null ? undefined : new Date(row.proven_at),
      usedAt: row.used_at === null ? undefined : new Date(row.used_at),
      createdAt: new Date(row.created_at),
    }
  }
}

function place(userId: string) {
  return { table, column: 'address_sealed', row: userId }
}
