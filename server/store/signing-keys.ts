import { createPrivateKey, createPublicKey, generateKeyPair, hash, type JsonWebKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyTimes, SigningAlgorithm } from '#server/domain/signing-keys.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

export interface SigningKey extends KeyTimes {
  publishedAt: Date
  publicKey: KeyObject
  publicJwk: JsonWebKey
  privateKey: KeyObject
}

export type KeyPair = Pick<SigningKey, 'algorithm' | 'publicKey' | 'privateKey'>

const table = 'signing_keys'
const rsaBits = 3072

const makePair = promisify(generateKeyPair)

/** In a thread of its own: an RSA key takes up to half a second. */
export async function makeKeyPair(algorithm: SigningAlgorithm): Promise<KeyPair> {
  const pair = algorithm === 'ES256' ? makePair('ec', { namedCurve: 'P-256' }) : makePair('rsa', { modulusLength: rsaBits })
  return { algorithm, ...(await pair) }
}

const ofTenant = prepared((db, tenantId: string) =>
  db
    .selectFrom(table)
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('retired_at', 'is', null)
    .orderBy('algorithm')
    .orderBy('generation', 'desc'),
)
const ended = prepared((db, now: number, tenantId: string, id: string) =>
  db
    .updateTable(table)
    .set({ retired_at: now, private_key_sealed: '' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('retired_at', 'is', null),
)
const added = preparedAdd(table)

/** The keys a tenant signs its tokens with. */
export class SigningKeys {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  /** All that are published, ES256 before RS256, newest first. */
  async all(): Promise<SigningKey[]> {
    return (await ofTenant.all(this.#connection, this.#tenantId)).map((row) => this.#toKey(row))
  }

  /** Answers its id, or nothing when this algorithm has a key of this generation already. */
  async add(
    { algorithm, publicKey, privateKey }: KeyPair,
    { generation, signsFrom }: Pick<KeyTimes, 'generation' | 'signsFrom'>,
    now: Date,
  ): Promise<string | undefined> {
    const publicJwk = publicKey.export({ format: 'jwk' })
    const id = thumbprint(publicJwk)
    const rows = await added(this.#connection, {
      tenant_id: this.#tenantId,
      id,
      algorithm,
      public_key: JSON.stringify(publicJwk),
      private_key_sealed: this.#vault.seal(JSON.stringify(privateKey.export({ format: 'jwk' })), placeOf(id)),
      created_at: now.getTime(),
      retired_at: null,
      generation,
      signs_from: signsFrom.getTime(),
    })
    return rows === 1 ? id : undefined
  }

  /** It neither signs nor verifies from now on. Its secret goes too, so that no later backup holds it. */
  async end(id: string, now: Date): Promise<void> {
    await ended.write(this.#connection, now.getTime(), this.#tenantId, id)
  }

  #toKey(row: Selected<'signing_keys'>): SigningKey {
    const publicJwk: JsonWebKey = JSON.parse(row.public_key)
    return {
      ...toTimes(row),
      publishedAt: new Date(row.created_at),
      publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }),
      publicJwk,
      privateKey: createPrivateKey({ key: JSON.parse(this.#vault.open(row.private_key_sealed, placeOf(row.id))), format: 'jwk' }),
    }
  }
}

/** What the rules need to know of every tenant's published keys; a tenant without any has an empty list. */
export async function keyTimesByTenant({ kysely }: Connection): Promise<Map<string, KeyTimes[]>> {
  const keys = await kysely
    .selectFrom(table)
    .select(['tenant_id', 'id', 'algorithm', 'generation', 'signs_from'])
    .where('retired_at', 'is', null)
    .execute()
  const tenants = await kysely.selectFrom('tenants').select('id').orderBy('id').execute()
  const byTenant = Map.groupBy(keys, (row) => row.tenant_id)
  return new Map(tenants.map(({ id }) => [id, (byTenant.get(id) ?? []).map(toTimes)]))
}

function toTimes(row: Pick<Selected<'signing_keys'>, 'id' | 'algorithm' | 'generation' | 'signs_from'>): KeyTimes {
  return {
    id: row.id,
    algorithm: row.algorithm === 'RS256' ? 'RS256' : 'ES256',
    generation: row.generation,
    signsFrom: new Date(row.signs_from),
  }
}

function placeOf(row: string) {
  return { table, column: 'private_key_sealed', row }
}

/** RFC 7638: the members every key of its type has, by name. */
function thumbprint({ kty, crv, x, y, e, n }: JsonWebKey): string {
  return hash('sha256', JSON.stringify(kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }), 'base64url')
}
