import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What comes and goes between a provider and us, signed as Standard Webhooks does: over its id, the time and the body. */
export interface Signed {
  id: string
  /** Seconds since 1970, as it stands in the header. */
  timestamp: string
  body: string
}

const windowSeconds = 5 * 60
const signaturesMax = 5

export function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return `v1,${mac}`
}

export function signingHeaders(secret: string, id: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatureOf(secret, { id, timestamp, body }) }
}

/** Signed with this secret, and not too long ago. While a secret is changed a sender may give several signatures, with blanks between. */
export function isSigned(secret: string, signed: Signed, signatures: string, now: Date): boolean {
  const age = Math.abs(now.getTime() / 1000 - Number(signed.timestamp))
  if (!/^\d{1,12}$/.test(signed.timestamp) || age > windowSeconds) return false
  const expected = digestOf(signatureOf(secret, signed))
  return signatures
    .split(' ')
    .slice(0, signaturesMax)
    .some((signature) => timingSafeEqual(digestOf(signature), expected))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
