import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

export interface SigningKey {
  id: string
  algorithm: 'ES256'
  publicKey: KeyObject
  publicJwk: JsonWebKey
  privateKey: KeyObject
}

const ofTenant = prepared((db, tenantId: string) =>
  db.selectFrom('signing_keys').selectAll().where('tenant_id', '=', tenantId).where('retired_at', 'is', null).orderBy('created_at', 'desc'),
)

const table = 'signing_keys'

/** The keys a tenant signs its tokens with, newest first. */
export class SigningKeys {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async all(): Promise<SigningKey[]> {
    return (await ofTenant.all(this.#connection, this.#tenantId)).map((row) => this.#toKey(row))
  }

  async generate(now: Date): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const id = randomUUID()
    const sealed = this.#vault.seal(JSON.stringify(privateKey.export({ format: 'jwk' })), { table, column: 'private_key_sealed', row: id })
    await this.#connection.kysely
      .insertInto(table)
      .values({
        tenant_id: this.#tenantId,
        id,
        algorithm: 'ES256',
        public_key: JSON.stringify(publicKey.export({ format: 'jwk' })),
        private_key_sealed: sealed,
        created_at: now.getTime(),
        retired_at: null,
      })
      .execute()
  }

  #toKey(row: Selected<'signing_keys'>): SigningKey {
    const opened = this.#vault.open(row.private_key_sealed, { table, column: 'private_key_sealed', row: row.id })
    const publicJwk: JsonWebKey = JSON.parse(row.public_key)
    return {
      id: row.id,
      algorithm: 'ES256',
      publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }),
      publicJwk,
      privateKey: createPrivateKey({ key: JSON.parse(opened), format: 'jwk' }),
    }
  }
}
