import { hash, randomBytes, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK } from 'jose'
import type { App, AppKey, AppSecret } from '#server/domain/app.ts'

const dayMs = 24 * 60 * 60 * 1000

/** An app that stands on a server, so it is sent back to by https and keeps a secret or a key. */
export function onServer(callback: string): Pick<App, 'redirectUris'> {
  return { redirectUris: { web: [callback], spa: [], publicClient: [] } }
}

export function onDevice(callback: string): Pick<App, 'redirectUris'> {
  return { redirectUris: { web: [], spa: [], publicClient: [callback] } }
}

/** What the app keeps, and what the registration keeps of it. */
export function newSecret(now: Date): { text: string; kept: AppSecret } {
  const text = randomBytes(24).toString('base64url')
  const hint = text.slice(0, 3)
  return { text, kept: { id: randomUUID(), displayName: undefined, hint, hash: hash('sha256', text, 'base64url'), ...validAt(now) } }
}

export async function newKey(publicKey: Parameters<typeof exportJWK>[0], now: Date): Promise<AppKey> {
  const jwk = { ...(await exportJWK(publicKey)) }
  return { id: await calculateJwkThumbprint(jwk), displayName: undefined, jwk, ...validAt(now) }
}

function validAt(now: Date): { startsAt: Date; endsAt: Date } {
  return { startsAt: new Date(now.getTime() - dayMs), endsAt: new Date(now.getTime() + dayMs) }
}
