import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type Branding, noBranding } from '#server/domain/sign-in-settings.ts'
import type { System } from '#server/system.ts'
import { describeLogo } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload' | 'organization'>

/** How the sign-in pages look from the next request on. */
export async function changeBranding(system: Needs, caller: Caller, organizationId: string, wanted: Partial<Branding>): Promise<void> {
  const { id, displayName } = system.organization
  if (id !== organizationId.toLowerCase()) refuse('object_not_found', { id: organizationId })
  await system.inTransaction(async ({ brandings, audit }) => {
    const before = await brandings.get()
    const after = { ...before, ...wanted }
    const changed = differences(before, after)
    if (changed.length === 0) return
    await brandings.set(after)
    await audit.record(
      caller,
      {
        activity: 'Update company branding',
        category: 'DirectoryManagement',
        operation: 'Update',
        targets: [{ id, kind: 'Other', displayName, changed }],
      },
      system.now(),
    )
  })
  system.reload()
}

export function removeBranding(system: Needs, caller: Caller, organizationId: string): Promise<void> {
  return changeBranding(system, caller, organizationId, noBranding)
}

function differences(before: Branding, after: Branding) {
  return [
    { name: 'backgroundColor', from: before.colour ?? null, to: after.colour ?? null },
    { name: 'signInPageText', from: before.note ?? null, to: after.note ?? null },
    ...(before.logo === after.logo ? [] : [{ name: 'bannerLogo', from: describeLogo(before.logo), to: describeLogo(after.logo) }]),
  ].filter(({ name, from, to }) => name === 'bannerLogo' || from !== to)
}
