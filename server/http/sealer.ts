import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { z } from 'zod'

const nonceBytes = 12
const tagBytes = 16

const envelope = z.object({ until: z.number(), contents: z.unknown() })

/** Seals what a browser or a script carries for us: it tells nothing, cannot be changed, runs out, and counts only where it belongs. */
export class Sealer<Contents> {
  readonly #key: KeyObject
  readonly #contents: z.ZodType<Contents>

  constructor(key: Buffer, contents: z.ZodType<Contents>) {
    this.#key = createSecretKey(key)
    this.#contents = contents
  }

  seal(contents: Contents, belongsTo: readonly string[], until: Date): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(boundTo(belongsTo))
    const plain = JSON.stringify({ contents, until: until.getTime() })
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /** Undefined when it is too short, altered, somebody else's, of another place or of another time: one answer for all. */
  open(sealed: string, belongsTo: readonly string[], now: Date): Contents | undefined {
    try {
      const body = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', this.#key, body.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(boundTo(belongsTo)).setAuthTag(body.subarray(-tagBytes))
      const plain = Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()])
      const { until, contents } = envelope.parse(JSON.parse(plain.toString()))
      return until > now.getTime() ? this.#contents.parse(contents) : undefined
    } catch {
      return undefined
    }
  }
}

function boundTo(belongsTo: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(belongsTo)).digest()
}
