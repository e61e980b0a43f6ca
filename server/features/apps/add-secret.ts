import { randomBytes, randomUUID } from 'node:crypto'
import type { AppSecret } from '#server/domain/app.ts'
import { hashOfSecret } from '#server/domain/app-rules.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { appTarget } from './audit-targets.ts'
import { getApp } from './get-app.ts'
import { requireMayBecome, requireRoomForSecret, secretLife, type WantedSecret } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

const secretBytes = 32
const hintLength = 3

/** The text is told this once: what is kept cannot be turned back into it. */
export async function addSecret(system: Needs, caller: Caller, id: string, wanted: WantedSecret): Promise<AppSecret & { text: string }> {
  const now = system.now()
  const text = randomBytes(secretBytes).toString('base64url')
  const secret = {
    id: randomUUID(),
    displayName: wanted.displayName,
    hint: text.slice(0, hintLength),
    hash: hashOfSecret(text),
    ...secretLife(wanted, now),
  }
  await system.inTransaction(async (stores) => {
    const app = await getApp(stores, id)
    requireMayBecome(caller, await stores.apps.findClient(app.appId), now)
    requireRoomForSecret(app, now)
    await stores.apps.addSecret(app.id, secret)
    await stores.audit.record(
      caller,
      {
        activity: 'Update application – Certificates and secrets management',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [appTarget(app, [{ name: 'secret', from: null, to: secret.id }])],
      },
      now,
    )
  })
  return { ...secret, text }
}
