import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, randomInt, sign } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { openDatabase } from '#server/store/database.ts'
import { makeTables, marked } from './bench-table.ts'
import { CodeDoor } from './code-door.ts'
import { readSeat } from './seat.ts'
import { cookieOf, formOf, page, type Reply, serveByHand } from './wire-server.ts'

// The least any server could do for the same sign-in: Node's bare HTTP server, the same requests and redirects, as many durable commits in
// the same order (one row each, on our own way to the store), the same two signatures. No protocol library, no rules, no sealing, no log.

const seat = readSeat()
const database = openDatabase(seat)
await makeTables(database, seat.people)
const door = new CodeDoor(seat.codePort)
const cookieKey = randomBytes(32)
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const add = marked(database, 'insert into records (kind, id, uid, grant_id, payload, tries, expires_at) values (?, ?, null, null, ?, 0, ?)')
const find = marked(database, 'select payload from records where kind = ? and id = ? and expires_at > ?')
const pay = marked(database, 'update records set tries = tries + 1 where kind = ? and id = ? and consumed_at is null and tries < 5')
const use = marked(database, 'update records set consumed_at = ? where kind = ? and id = ? and consumed_at is null')
const person = marked(database, 'select id from people where number = ?')

/** One durable commit. */
async function commit(text: string, values: unknown[]): Promise<number> {
  return (await database.alone.run(text, values)).changes
}

async function read(kind: string, id: string): Promise<Record<string, string> | undefined> {
  const [row] = (await database.run(find, [kind, id, Date.now()])).rows
  return row && JSON.parse(String(row['payload']))
}

function keep(kind: string, id: string, payload: object): Promise<number> {
  return commit(add, [kind, id, JSON.stringify(payload), Date.now() + 900_000])
}

async function once(kind: string, id: string): Promise<void> {
  if ((await commit(use, [Date.now(), kind, id])) !== 1) throw new Error('used before')
}

function newId(): string {
  return randomBytes(24).toString('base64url')
}

function signed(value: string): string {
  return `${value}.${createHmac('sha256', cookieKey).update(value).digest('base64url')}`
}

function idIn(request: IncomingMessage): string {
  const cookie = cookieOf(request, 'ix')
  const id = cookie.split('.')[0] ?? ''
  if (cookie !== signed(id)) throw new Error('no such sign-in')
  return id
}

async function authorize(query: URLSearchParams): Promise<Reply> {
  if (query.get('client_id') !== seat.clientId) throw new Error('no such app')
  const id = newId()
  await keep('interaction', id, Object.fromEntries(query))
  return { location: `/sign-in/${id}`, cookies: [`ix=${signed(id)}; path=/; httponly`] }
}

async function show(request: IncomingMessage): Promise<Reply> {
  const id = idIn(request)
  const [interaction, challenge] = [await read('interaction', id), await read('challenge', id)]
  if (!interaction) throw new Error('over')
  return { html: page(challenge ? 'code' : 'identifier', id) }
}

async function take(request: IncomingMessage): Promise<Reply> {
  const id = idIn(request)
  const form = await formOf(request)
  if (form.get('t') !== id) throw new Error('not our form')
  const number = form.get('identifier')
  return number ? sendCode(id, number) : checkCode(id, form.get('code') ?? '')
}

async function sendCode(id: string, number: string): Promise<Reply> {
  const { rows } = await database.run(person, [number])
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await keep('budget of the text', newId(), { number })
  await keep('challenge', id, { personId: rows[0]?.['id'], hash: hashOf(code, id) })
  // The text leaves after the commit that promised it, and nobody waits for it.
  deliver(number, code).catch((error: unknown) => process.stderr.write(String(error)))
  return { location: `/sign-in/${id}` }
}

async function deliver(number: string, code: string): Promise<void> {
  const text = newId()
  await keep('lease of the text', text, {})
  door.hand(number, code)
  await once('lease of the text', text)
}

async function checkCode(id: string, code: string): Promise<Reply> {
  if ((await commit(pay, ['challenge', id])) !== 1) throw new Error('over')
  const budget = newId()
  await keep('budget of the answer', budget, {})
  const challenge = await read('challenge', id)
  if (challenge?.['hash'] !== hashOf(code, id)) throw new Error('wrong')
  await once('challenge', id)
  await once('budget of the answer', budget)
  return { location: `/resume/${id}` }
}

async function resume(request: IncomingMessage): Promise<Reply> {
  const id = idIn(request)
  const [interaction, challenge] = [await read('interaction', id), await read('challenge', id)]
  if (!interaction || !challenge) throw new Error('over')
  const code = newId()
  await keep('code', code, { ...interaction, sub: challenge['personId'] })
  const query = new URLSearchParams({ code, state: interaction['state'] ?? '' })
  return { location: `${interaction['redirect_uri']}?${query}`, cookies: [`s=${signed(newId())}; path=/; httponly`] }
}

async function token(request: IncomingMessage): Promise<Reply> {
  const form = await formOf(request)
  const code = form.get('code') ?? ''
  const verifier = form.get('code_verifier') ?? ''
  const granted = await read('code', code)
  if (granted?.['code_challenge'] !== createHash('sha256').update(verifier).digest('base64url')) throw new Error('invalid_grant')
  await once('code', code)
  const refreshToken = newId()
  await keep('refresh token', refreshToken, granted)
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: seat.publicUrl, sub: granted['sub'], iat, exp: iat + 1_800 }
  return {
    json: {
      access_token: jwt({ ...claims, aud: seat.publicUrl, scp: 'User.Read', jti: newId() }, privateKey),
      id_token: jwt({ ...claims, aud: seat.clientId, nonce: granted['nonce'], amr: ['sms'] }, privateKey),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: 1_800,
    },
  }
}

const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'JWT', kid: 'floor' })).toString('base64url')

function jwt(claims: object, key: KeyObject): string {
  const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

function hashOf(code: string, id: string): string {
  return createHmac('sha256', cookieKey).update(`${id} ${code}`).digest('base64url')
}

serveByHand(seat.port, async (request) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', seat.publicUrl)
  if (pathname === '/authorize') return authorize(searchParams)
  if (pathname === '/token') return token(request)
  if (pathname.startsWith('/resume/')) return resume(request)
  return request.method === 'GET' ? show(request) : take(request)
})

process.once('SIGTERM', () => process.exit(0))
