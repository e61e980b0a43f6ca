import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { PageEnd } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'

const nonceBytes = 12
const tagBytes = 16
const lifeMs = 24 * 60 * 60 * 1000

/** Whose page it was and what it was a page of: a token opens nothing else. */
export interface PageOwner {
  tenantId: string
  callerId: string
  /** Path and query options, without the token itself. */
  question: string
}

const contents = z.object({ sort: z.union([z.string(), z.number(), z.null()]), id: z.string(), until: z.number() })

/** The address of a next page tells nothing and cannot be changed: it is sealed, and bound to its owner and its question. */
export class SkipTokens {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  seal(end: PageEnd, owner: PageOwner, now: Date): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(boundTo(owner))
    const plain = JSON.stringify({ ...end, until: now.getTime() + lifeMs })
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  open(token: string, owner: PageOwner, now: Date): PageEnd {
    const { until, ...end } = this.#opened(token, owner)
    return until > now.getTime() ? end : refuse('skip_token_invalid')
  }

  #opened(token: string, owner: PageOwner) {
    try {
      const body = Buffer.from(token, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', this.#key, body.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(boundTo(owner)).setAuthTag(body.subarray(-tagBytes))
      const plain = Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()])
      return contents.parse(JSON.parse(plain.toString()))
    } catch {
      // too short, altered, somebody else's, or of another question: one answer
      return refuse('skip_token_invalid')
    }
  }
}

function boundTo(owner: PageOwner): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([owner.tenantId, owner.callerId, owner.question]))
    .digest()
}
