import type { GivenKeyBody } from '#contract/graph/applications.ts'
import type { App, AppChanges, AppKey } from '#server/domain/app.ts'
import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { appTarget, readable } from './audit-targets.ts'
import { getApp } from './get-app.ts'
import { readKey } from './read-key.ts'
import { changesWhoItIs, requireGoodAddresses, requireMayBecome, type SettingsBody, wantedChanges } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function changeApp(
  system: Needs,
  caller: Caller,
  id: string,
  wanted: { settings: SettingsBody; keys: readonly GivenKeyBody[] | undefined },
): Promise<void> {
  const now = system.now()
  await system.inTransaction(async (stores) => {
    const app = await getApp(stores, id)
    const changes = wantedChanges(wanted.settings, app)
    requireGoodAddresses(changes)
    const keys = wanted.keys?.map((given, index) => keptKey(app, given) ?? readKey(given, index, now))
    if (keys && new Set(keys.map((key) => key.id)).size < keys.length)
      refuse('property_invalid', { property: 'keyCredentials', expected: 'each keyId once' })
    if (keys || changesWhoItIs(changes)) requireMayBecome(caller, await stores.apps.findClient(app.appId), now)
    await writeSettings(stores, caller, app, changes, now)
    if (keys) await writeKeys(stores, caller, app, keys, now)
  })
}

/** A list of keys is sent back whole, with those it keeps named by their id. */
function keptKey(app: App, { keyId, key, jwk }: GivenKeyBody): AppKey | undefined {
  return key || jwk ? undefined : app.keys.find((known) => known.id === keyId)
}

async function writeSettings(stores: Stores, caller: Caller, app: App, changes: AppChanges, now: Date): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await stores.apps.change(app.id, changes)
  const own = await stores.servicePrincipals.findByAppId(app.appId)
  if (own && changes.displayName !== undefined) await stores.servicePrincipals.rename(own.id, changes.displayName)
  const before = readable(app)
  await stores.audit.record(
    caller,
    {
      activity: 'Update application',
      category: 'ApplicationManagement',
      operation: 'Update',
      targets: [appTarget(app, changesBetween(before, readable(changes)))],
    },
    now,
  )
}

async function writeKeys(stores: Stores, caller: Caller, app: App, keys: readonly AppKey[], now: Date): Promise<void> {
  await stores.apps.setKeys(app.id, keys)
  const ids = (list: readonly AppKey[]) => list.map((key) => key.id).join(' ')
  await stores.audit.record(
    caller,
    {
      activity: 'Update application – Certificates and secrets management',
      category: 'ApplicationManagement',
      operation: 'Update',
      targets: [appTarget(app, changesBetween({ keyIds: ids(app.keys) }, { keyIds: ids(keys) }))],
    },
    now,
  )
}
