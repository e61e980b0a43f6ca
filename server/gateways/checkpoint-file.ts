import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkpoint } from '#server/domain/audit-chain.ts'

/**
 * Carries checkpoints out of the database, so that whoever rules the database cannot cut off the end of the log unseen.
 * One line of JSON each, added to the end of a file that operators copy to where this server cannot write.
 */
export class CheckpointFile {
  readonly #path: string
  /** What could not be written yet; a tenant's later checkpoint covers all its earlier ones. */
  readonly #waiting = new Map<string, Checkpoint>()
  #mayEndTorn = true

  constructor(dataDirectory: string) {
    this.#path = join(dataDirectory, 'audit-checkpoints.jsonl')
  }

  /** What fails is tried again with the next call. */
  async ship(checkpoints: readonly Checkpoint[]): Promise<void> {
    for (const checkpoint of checkpoints) this.#waiting.set(checkpoint.tenantId, checkpoint)
    if (this.#waiting.size === 0) return
    const lines = [...this.#waiting.values()].map((checkpoint) => `${JSON.stringify(checkpoint)}\n`)
    // A line cut off by a crash or a full disk must not swallow the one behind it; readers skip the empty line.
    const text = (this.#mayEndTorn ? '\n' : '') + lines.join('')
    this.#mayEndTorn = true
    await append(this.#path, text)
    this.#mayEndTorn = false
    this.#waiting.clear()
  }
}

/** On the disk before anybody counts on it. */
async function append(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const sha256 = /^[\w-]{43}$/

/** A line of that file, or undefined for what no server wrote or a crash cut off. Whether it is true, only its signature tells. */
export function parseCheckpoint(line: string): Checkpoint | undefined {
  const value = parsed(line)
  if (!isRecord(value)) return undefined
  const { tenantId, seq, hash, signedAt, signature } = value
  if (typeof tenantId !== 'string' || !guid.test(tenantId)) return undefined
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq)) return undefined
  if (typeof hash !== 'string' || !sha256.test(hash) || typeof signature !== 'string' || !sha256.test(signature)) return undefined
  const at = typeof signedAt === 'string' ? new Date(signedAt) : undefined
  if (!at || Number.isNaN(at.getTime())) return undefined
  return { tenantId, seq, hash, signedAt: at, signature }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
