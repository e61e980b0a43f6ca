import { createHash, hash, randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { App, AppKey, AppSecret } from '#server/domain/app.ts'
import { callback, type registerApp } from './visitor.ts'
import { publicUrl, type World } from './world.ts'

// What apps prove themselves with, and what they send when nobody made it nice for them.

export type Fields = Record<string, string> | [name: string, value: string][]

const always = { startsAt: new Date(0), endsAt: new Date('2100-01-01') }

/** A secret, and how an app is registered with it. */
export function newSecret(): { secret: string; registered: AppSecret } {
  const secret = randomBytes(32).toString('base64url')
  const kept = hash('sha256', secret, 'base64url')
  return { secret, registered: { id: randomUUID(), displayName: undefined, hint: secret.slice(0, 3), hash: kept, ...always } }
}

/** A key, how an app is registered with it, and what it signs to say that it is the app. */
export async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const registered: AppKey = { id: randomUUID(), displayName: undefined, jwk: { ...(await exportJWK(publicKey)), alg: 'ES256' }, ...always }
  async function assertionOf(world: World, app: App, jti: string = randomUUID()): Promise<string> {
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: registered.id })
      .setIssuer(app.appId)
      .setSubject(app.appId)
      .setAudience(`${publicUrl}/${world.tenantId}/v2.0`)
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti(jti)
      .sign(privateKey)
  }
  return { registered, assertionOf }
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Proofs that whoever holds a token holds a key too (RFC 9449). */
export async function newDpopKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return async (method: string, url: string, token?: string): Promise<string> =>
    new SignJWT({ htm: method, htu: url, ...(token && { ath: createHash('sha256').update(token).digest('base64url') }) })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .setJti(randomUUID())
      .sign(privateKey)
}

/** A web app that keeps a secret. */
export function webApp(secrets: readonly AppSecret[], keys: readonly AppKey[] = []): Parameters<typeof registerApp>[1] {
  return { redirectUris: { web: [callback], spa: [], publicClient: [] }, secrets, keys }
}

export interface ProtocolAnswer {
  status: number
  // A test says what it expects of a body; that is its check.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any
  headers: Readonly<Record<string, string | string[] | number | undefined>>
  text: string
}

/** A form as an app posts it to an address of the protocol: `token`, `par`, `revoke`. */
export async function postForm(world: World, path: string, fields: Fields, headers: Record<string, string> = {}): Promise<ProtocolAnswer> {
  const response = await world.app.inject({
    method: 'POST',
    url: `/${world.tenantId}/oauth2/v2.0/${path}`,
    headers: { host: new URL(publicUrl).host, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })
  const isJson = String(response.headers['content-type']).includes('json')
  return {
    status: response.statusCode,
    body: isJson ? response.json() : undefined,
    headers: response.headers,
    text: response.body,
  }
}

/** So many at the same moment. */
export function atOnce<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)))
}
