import { randomUUID } from 'node:crypto'
import type { Author } from '#server/domain/caller.ts'
import { isRotationDue } from '#server/domain/signing-keys.ts'
import { keepKeys } from '#server/features/signing-keys/keep-keys.ts'
import { keyTimesByTenant, makeKeyPair } from '#server/store/signing-keys.ts'
import type { Installation } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'systemOf'>

export interface RotationRound {
  kept: string[]
  failed: { tenantId: string; error: unknown }[]
}

/** One round over all tenants, one after the other: making a key is work for a whole core. */
export async function rotateKeys(installation: Needs, signal?: AbortSignal): Promise<RotationRound> {
  const { database, now } = installation.parts
  const round: RotationRound = { kept: [], failed: [] }
  const author: Author = { author: { kind: 'server', name: 'key rotation' }, requestId: randomUUID() }
  for (const [tenantId, keys] of await keyTimesByTenant(database)) {
    if (signal?.aborted) break
    if (!isRotationDue(keys, now())) continue
    try {
      const system = await installation.systemOf(tenantId)
      if (!system) continue
      await keepKeys(system, author, makeKeyPair)
      round.kept.push(tenantId)
    } catch (error) {
      // One tenant's trouble must not leave the others with old keys.
      round.failed.push({ tenantId, error })
    }
  }
  return round
}

export function keyRotating(installation: Needs, log: Log): Job {
  return {
    name: 'rotate the signing keys',
    // Often, since an organisation that is made while servers run has no RSA key before the first look.
    everyMs: 60_000,
    async run(signal) {
      const { failed } = await rotateKeys(installation, signal)
      for (const { tenantId, error } of failed) log.error({ tenantId, err: error }, 'the signing keys of a tenant could not be rotated')
    },
  }
}
