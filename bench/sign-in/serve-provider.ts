import { createHmac, generateKeyPairSync, randomBytes, randomInt } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider'
import { openDatabase } from '#server/store/database.ts'
import { makeTables, marked } from './bench-table.ts'
import { CodeDoor } from './code-door.ts'
import { readSeat } from './seat.ts'
import { cookieOf, formOf, page, type Reply, serveByHand } from './wire-server.ts'

// oidc-provider as its documentation mounts it: one commit for each upsert, on our own way to the store. The pages are the plainest there
// can be; the step with the code keeps it as an HMAC, pays for a try before it compares, and uses a code up once. Nothing else.

const seat = readSeat()
const database = openDatabase(seat)
await makeTables(database, seat.people)
const door = new CodeDoor(seat.codePort)
const key = randomBytes(32)

const sql = {
  upsert: marked(
    database,
    'insert into records (kind, id, uid, grant_id, payload, tries, expires_at) values (?, ?, ?, ?, ?, 0, ?) on conflict (kind, id) do update set uid = excluded.uid, grant_id = excluded.grant_id, payload = excluded.payload, expires_at = excluded.expires_at',
  ),
  find: marked(database, 'select payload, tries, consumed_at from records where kind = ? and id = ? and expires_at > ?'),
  findByUid: marked(database, 'select payload, tries, consumed_at from records where uid = ? and kind = ? and expires_at > ?'),
  consume: marked(database, 'update records set consumed_at = ? where kind = ? and id = ? and consumed_at is null'),
  destroy: marked(database, 'delete from records where kind = ? and id = ?'),
  revoke: marked(database, 'delete from records where grant_id = ?'),
  pay: marked(
    database,
    'update records set tries = tries + 1 where kind = ? and id = ? and consumed_at is null and tries < 5 returning payload',
  ),
  person: marked(database, 'select id from people where number = ?'),
}

const write = (text: string, values: unknown[]) => database.inTransaction((connection) => connection.run(text, values))

class Records implements Adapter {
  readonly #kind: string

  constructor(kind: string) {
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { uid = null, grantId = null } = payload
    await write(sql.upsert, [this.#kind, id, uid, grantId, JSON.stringify(payload), Date.now() + expiresIn * 1000])
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#read(sql.find, [this.#kind, id, Date.now()])
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#read(sql.findByUid, [uid, this.#kind, Date.now()])
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  async consume(id: string): Promise<void> {
    const { changes } = await write(sql.consume, [Date.now(), this.#kind, id])
    if (changes !== 1) throw new Error('used before')
  }

  async destroy(id: string): Promise<void> {
    await write(sql.destroy, [this.#kind, id])
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await write(sql.revoke, [grantId])
  }

  async #read(text: string, values: unknown[]): Promise<AdapterPayload | undefined> {
    const [row] = (await database.run(text, values)).rows
    if (!row) return undefined
    const consumed = row['consumed_at']
    return { ...JSON.parse(String(row['payload'])), ...(consumed !== null && { consumed: Math.floor(Number(consumed) / 1000) }) }
  }
}

const api = 'https://api.example'
const configuration: Configuration = {
  adapter: Records,
  clients: [
    {
      client_id: seat.clientId,
      redirect_uris: ['https://app.example/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  cookies: { keys: [key.toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'User.Read', audience: api, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  issueRefreshToken: async () => true,
  jwks: {
    keys: [{ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }],
  },
  async loadExistingGrant({ oidc }) {
    const { client, session, provider } = oidc
    if (!client || !session?.accountId) return undefined
    const known = session.grantIdFor(client.clientId)
    if (known) return provider.Grant.find(known)
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid profile offline_access')
    grant.addResourceScope(api, 'User.Read')
    await grant.save()
    return grant
  },
  pkce: { required: () => true },
  scopes: ['openid', 'profile', 'offline_access'],
}

const provider = new Provider(seat.publicUrl, configuration)
const answer = provider.callback()

serveByHand(seat.port, async (request, response) => {
  if (!request.url?.startsWith('/interaction/')) {
    await answer(request, response)
    return undefined
  }
  return interact(request, response, request.url)
})

async function interact(request: IncomingMessage, response: ServerResponse, address: string): Promise<Reply> {
  const { uid } = await provider.interactionDetails(request, response)
  const challengeId = cookieOf(request, 'challenge')
  if (request.method === 'GET') return { html: page(challengeId ? 'code' : 'identifier', uid) }
  const form = await formOf(request)
  if (form.get('t') !== uid) return { location: address }
  const number = form.get('identifier')
  if (number) return begin(uid, number, address)

  const paid = await write(sql.pay, ['challenge', challengeId])
  const challenge = paid.rows[0] && JSON.parse(String(paid.rows[0]['payload']))
  if (challenge?.uid !== uid || challenge.hash !== hashOf(form.get('code') ?? '', challengeId)) return { location: address }
  const { changes } = await write(sql.consume, [Date.now(), 'challenge', challengeId])
  if (changes !== 1) return { location: address }
  const result = { login: { accountId: challenge.personId, amr: ['sms'] } }
  return { location: await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false }) }
}

async function begin(uid: string, number: string, address: string): Promise<Reply> {
  const { rows } = await database.run(sql.person, [number])
  const id = randomBytes(16).toString('base64url')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const payload = JSON.stringify({ uid, number, personId: rows[0]?.['id'], hash: hashOf(code, id) })
  await write(sql.upsert, ['challenge', id, null, null, payload, Date.now() + 300_000])
  door.hand(number, code)
  return { location: address, cookies: [`challenge=${id}; path=${address}; httponly`] }
}

function hashOf(code: string, id: string): string {
  return createHmac('sha256', key).update(`${id} ${code}`).digest('base64url')
}

process.once('SIGTERM', () => process.exit(0))
