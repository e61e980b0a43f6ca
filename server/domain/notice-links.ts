import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** The secret of a link is derived when the message is written and never stored, so nothing in the store opens one. */
export class NoticeLinks {
  readonly #key: KeyObject

  constructor(key: Buffer) {
    this.#key = createSecretKey(key)
  }

  /** 256 bits, as they stand in an address. */
  secretOf(tenantId: string, noticeId: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify(['v1', tenantId, noticeId]))
      .digest('base64url')
  }
}

/** What the store keeps of it. */
export function linkHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** The address that a message carries; short, since a text has little room. */
export function noticeAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/n/${secret}`
}
