import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { refuse } from '#server/domain/refusal.ts'

const hashing = promisify(argon2)

interface Cost {
  memory: number
  passes: number
  parallelism: number
}

/** OWASP's first choice for argon2id. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32
const saltBytes = 16
const waitMaxMs = 2_000

interface Kept {
  cost: Cost
  nonce: Buffer
  tag: Buffer
}

/** Makes the only form a password is ever kept in. Hashing is meant to be slow, so a crowd of it must not take every thread. */
export class PasswordHashes {
  readonly #pepper: Buffer
  /** For whoever is not there or has no password. Nobody knows a password that gives this tag. */
  readonly #nobodys: Kept = { cost, nonce: randomBytes(saltBytes), tag: randomBytes(tagLength) }
  #free = availableParallelism()
  #waiting: (() => void)[] = []

  constructor(pepper: Buffer) {
    this.#pepper = pepper
  }

  /** The PHC string form, so that the cost can change without making old hashes unreadable. */
  async hash(password: string): Promise<string> {
    const nonce = randomBytes(saltBytes)
    const tag = await this.#tagOf(password, nonce, cost)
    return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
  }

  /** Without a hash the same work is done and the answer is no, so the time tells nobody who has a password. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const kept = (hash && keptIn(hash)) || this.#nobodys
    return timingSafeEqual(await this.#tagOf(password, kept.nonce, kept.cost), kept.tag) && kept !== this.#nobodys
  }

  /** Whether it was made when hashing was cheaper. */
  isOutdated(hash: string): boolean {
    const kept = keptIn(hash)
    return kept !== undefined && (kept.cost.memory < cost.memory || kept.cost.passes < cost.passes)
  }

  async #tagOf(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> {
    await this.#turn()
    try {
      const message = Buffer.from(password.normalize('NFC'))
      return await hashing('argon2id', { message, nonce, secret: this.#pepper, memory, passes, parallelism, tagLength })
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

/** Undefined for what no password here gives, such as a hash another program made another way. */
function keptIn(hash: string): Kept | undefined {
  const [, memory, passes, parallelism, nonce = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? []
  const bytes = Buffer.from(tag, 'base64')
  if (bytes.length !== tagLength) return undefined
  const made: Cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { cost: made, nonce: Buffer.from(nonce, 'base64'), tag: bytes }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
