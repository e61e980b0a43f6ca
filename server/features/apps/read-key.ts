import { createPublicKey, type JsonWebKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import type { GivenKeyBody } from '#contract/graph/applications.ts'
import type { AppKey } from '#server/domain/app.ts'
import { monthsLater, secretLifeMonthsMax } from '#server/domain/app-rules.ts'
import { refuse } from '#server/domain/refusal.ts'

interface PublicKey {
  jwk: Record<string, unknown>
  /** A certificate says itself how long it is good. */
  endsAt: Date | undefined
}

/** The public key of a body: a certificate as Graph takes it, or a JSON Web Key as this server also does. */
export function readKey(given: GivenKeyBody, index: number, now: Date): AppKey {
  const property = `keyCredentials/${index}`
  const { jwk, endsAt: latest } = given.jwk ? fromJwk(given.jwk, property) : fromCertificate(given.key ?? '', property)
  const startsAt = given.startDateTime ?? now
  const endsAt = given.endDateTime ?? latest ?? monthsLater(now, secretLifeMonthsMax)
  if (endsAt <= startsAt || endsAt <= now || (latest && endsAt > latest)) refuse('app_key_life', { property })
  return { id: given.keyId ?? randomUUID(), displayName: given.displayName ?? undefined, jwk, startsAt, endsAt }
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

function fromJwk(given: Readonly<Record<string, unknown>>, property: string): PublicKey {
  if (privateMembers.some((name) => name in given)) refuse('app_key_private', { property })
  const { kty, crv, x, y, n, e, kid } = given
  const key = publicKeyOf(() => createPublicKey({ key: textsOf({ kty, crv, x, y, n, e }), format: 'jwk' }), property)
  return { jwk: { ...publicJwk(key, property), ...(typeof kid === 'string' && { kid: kid.slice(0, 256) }) }, endsAt: undefined }
}

/** By either thumbprint of a certificate MSAL names the key it signed with. */
function fromCertificate(text: string, property: string): PublicKey {
  if (text.includes('PRIVATE KEY')) refuse('app_key_private', { property })
  const certificate = publicKeyOf(() => new X509Certificate(pemOf(text)), property)
  const jwk = publicJwk(certificate.publicKey, property)
  const thumbprint = (hex: string) => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url')
  return {
    jwk: { ...jwk, x5t: thumbprint(certificate.fingerprint), 'x5t#S256': thumbprint(certificate.fingerprint256) },
    endsAt: new Date(certificate.validTo),
  }
}

/** Graph takes base64 of the certificate; people also send base64 of its PEM text, or that text itself. */
function pemOf(text: string): Buffer {
  const isPem = text.includes('BEGIN CERTIFICATE')
  const bytes = isPem ? Buffer.from(text) : Buffer.from(text, 'base64')
  if (bytes.includes('PRIVATE KEY')) throw new Error('not a certificate alone')
  return bytes
}

function publicKeyOf<Key>(read: () => Key, property: string): Key {
  try {
    return read()
  } catch {
    return refuse('app_key_unreadable', { property })
  }
}

const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
const rsaBitsMin = 2048
/** Longer keys only make each check dearer. */
const rsaBitsMax = 4096

function publicJwk(key: KeyObject, property: string): JsonWebKey {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const isRsa = key.asymmetricKeyType === 'rsa' && modulusLength >= rsaBitsMin && modulusLength <= rsaBitsMax
  const isEc = key.asymmetricKeyType === 'ec' && curves.has(namedCurve)
  if (!isRsa && !isEc) refuse('app_key_weak', { property })
  return key.export({ format: 'jwk' })
}

function textsOf(members: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
