import { randomUUID } from 'node:crypto'
import type { App } from '#server/domain/app.ts'
import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import type { System } from '#server/system.ts'
import { appTarget, readable } from './audit-targets.ts'
import { plainApp, requireGoodAddresses, type SettingsBody, wantedChanges } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Registered only: to let it in, here as anywhere, a service principal is made, as in Graph. */
export async function createApp(system: Needs, caller: Caller, displayName: string, settings: SettingsBody): Promise<App> {
  const wanted = wantedChanges({ ...settings, displayName }, plainApp)
  requireGoodAddresses(wanted)
  const ids = { id: randomUUID(), appId: randomUUID() }
  return system.inTransaction(async ({ apps, audit }) => {
    const app: App = { ...plainApp, ...wanted, displayName, ...ids, createdAt: system.now() }
    await apps.register(app, system.now())
    const changed = changesBetween({}, readable({ ...wanted, appId: app.appId }))
    await audit.record(
      caller,
      { activity: 'Add application', category: 'ApplicationManagement', operation: 'Add', targets: [appTarget(app, changed)] },
      system.now(),
    )
    return app
  })
}
