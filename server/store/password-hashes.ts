import { argon2, randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { refuse } from '#server/domain/refusal.ts'

const hashing = promisify(argon2)

/** OWASP's first choice for argon2id. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const saltBytes = 16
const waitMaxMs = 2_000

/** Makes the only form a password is ever kept in. Hashing is meant to be slow, so a crowd of it must not take every thread. */
export class PasswordHashes {
  readonly #pepper: Buffer
  #free = availableParallelism()
  #waiting: (() => void)[] = []

  constructor(pepper: Buffer) {
    this.#pepper = pepper
  }

  /** The PHC string form, so that the cost can change without making old hashes unreadable. */
  async hash(password: string): Promise<string> {
    await this.#turn()
    try {
      const nonce = randomBytes(saltBytes)
      const tag = await hashing('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce, secret: this.#pepper, ...cost })
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }

  /** Waits until another hash is done and takes its place; who would wait too long is told to come back. */
  async #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    const inTime = await new Promise<boolean>((resolve) => {
      const proceed = () => {
        clearTimeout(patience)
        resolve(true)
      }
      const patience = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== proceed)
        resolve(false)
      }, waitMaxMs)
      this.#waiting.push(proceed)
    })
    if (!inTime) refuse('unavailable')
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
