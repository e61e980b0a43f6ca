import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32
const indexBytes = 16

/** Where a sealed value stands. It cannot be opened anywhere else, so swapping two of them in the database opens neither. */
export interface Place {
  table: string
  column: string
  row: string
}

/** The root every other key is made from. It lives in the configuration, never in the database or a backup. */
export class MasterKey {
  readonly id: string
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    if (bytes.length < keyBytes) throw new Error('the master key is too short')
    this.#bytes = bytes
    this.id = createHash('sha256').update('sesam master key id').update(bytes).digest('base64url').slice(0, 11)
  }

  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#bytes, 'sesam', purpose, keyBytes))
  }
}

const keysOfTenant = prepared((db, tenantId: string) =>
  db.selectFrom('data_keys').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at', 'desc'),
)

/** Seals and opens what one tenant must keep secret, and makes the blind index that finds a sealed value again. */
export class Vault {
  readonly #tenantId: string
  // As key objects, because each use of plain bytes as a key takes six times as long.
  readonly #keys: ReadonlyMap<string, KeyObject>
  readonly #current: string
  readonly #indexKey: KeyObject

  private constructor(tenantId: string, keys: ReadonlyMap<string, KeyObject>, current: string, indexKey: KeyObject) {
    this.#tenantId = tenantId
    this.#keys = keys
    this.#current = current
    this.#indexKey = indexKey
  }

  static async open(connection: Connection, masterKey: MasterKey, tenantId: string): Promise<Vault> {
    const rows = await keysOfTenant.all(connection, tenantId)
    const wrapping = createSecretKey(masterKey.derive('wrap data keys'))
    const keys = new Map(
      rows.map((row) => [row.id, createSecretKey(unseal(wrapping, row.wrapped, [tenantId, 'data_keys', 'wrapped', row.id]))] as const),
    )
    const current = rows[0]?.id
    if (!current) throw new Error('this tenant has no data key')
    return new Vault(tenantId, keys, current, createSecretKey(masterKey.derive(`blind index ${tenantId}`)))
  }

  static async addKey(connection: Connection, masterKey: MasterKey, tenantId: string, now: Date): Promise<void> {
    const id = randomUUID()
    const wrapped = seal(createSecretKey(masterKey.derive('wrap data keys')), masterKey.id, randomBytes(keyBytes), [
      tenantId,
      'data_keys',
      'wrapped',
      id,
    ])
    await connection.kysely
      .insertInto('data_keys')
      .values({ tenant_id: tenantId, id, master_key_id: masterKey.id, wrapped, created_at: now.getTime() })
      .execute()
  }

  seal(text: string, place: Place): string {
    return seal(this.#key(this.#current), this.#current, Buffer.from(text), this.#bound(place))
  }

  open(sealed: string, place: Place): string {
    return unseal(this.#key(keyIdOf(sealed)), sealed, this.#bound(place)).toString()
  }

  /** The same value of the same tenant always gives the same index, and nobody without the key can compute it. */
  indexOf(text: string): string {
    return createHmac('sha256', this.#indexKey).update(text).digest().subarray(0, indexBytes).toString('base64url')
  }

  #key(id: string): KeyObject {
    const key = this.#keys.get(id)
    if (!key) throw new Error('sealed with a data key this tenant does not have')
    return key
  }

  #bound(place: Place): string[] {
    return [this.#tenantId, place.table, place.column, place.row]
  }
}

function seal(key: KeyObject, keyId: string, plain: Buffer, place: readonly string[]): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(place))
  const body = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return `v1.${keyId}.${body.toString('base64url')}`
}

function unseal(key: KeyObject, sealed: string, place: readonly string[]): Buffer {
  const body = Buffer.from(sealed.split('.')[2] ?? '', 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(boundTo(place)).setAuthTag(body.subarray(-tagBytes))
  return Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

function boundTo(place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([...place, 'v1']))
}

function keyIdOf(sealed: string): string {
  return sealed.split('.')[1] ?? ''
}
