import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { appTarget } from './audit-targets.ts'
import { getApp } from './get-app.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Taking one away gives nobody power, so whoever manages apps may do it to any of them. */
export async function removeSecret(system: Needs, caller: Caller, id: string, keyId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const app = await getApp(stores, id)
    if (!app.secrets.some((secret) => secret.id === keyId)) refuse('app_secret_unknown', { keyId })
    await stores.apps.removeSecret(app.id, keyId)
    await stores.audit.record(
      caller,
      {
        activity: 'Update application – Certificates and secrets management',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [appTarget(app, [{ name: 'secret', from: keyId, to: null }])],
      },
      system.now(),
    )
  })
}
