import type { Caller } from '#server/domain/caller.ts'
import type { Domain } from '#server/domain/organization.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface WantedDomain {
  isDefault: boolean | undefined
  authenticationType: Domain['authenticationType'] | undefined
}

export async function changeDomain(system: Needs, caller: Caller, name: string, wanted: WantedDomain): Promise<void> {
  await system.inTransaction(async ({ domains, audit }) => {
    const before = (await domains.find(name)) ?? refuse('object_not_found', { id: name })
    const after: Domain = {
      ...before,
      isDefault: wanted.isDefault ?? before.isDefault,
      authenticationType: wanted.authenticationType ?? before.authenticationType,
    }
    refuseUnfitting(before, after)
    if (wanted.isDefault === undefined && wanted.authenticationType === undefined) return

    if (after.isDefault && !before.isDefault) await domains.makeDefault(before.name)
    if (after.authenticationType !== before.authenticationType) await domains.setAuthenticationType(before.name, after.authenticationType)
    const changed = [
      { name: 'isDefault', from: String(before.isDefault), to: String(after.isDefault) },
      { name: 'authenticationType', from: before.authenticationType, to: after.authenticationType },
    ]
    await audit.record(
      caller,
      {
        activity: 'Update domain',
        category: 'DirectoryManagement',
        operation: 'Update',
        targets: [{ id: before.name, kind: 'Other', displayName: before.name, changed: changed.filter(({ from, to }) => from !== to) }],
      },
      system.now(),
    )
  })
}

function refuseUnfitting(before: Domain, after: Domain): void {
  const property = 'isDefault'
  if (before.isDefault && !after.isDefault) refuse('default_domain_needed', { property })
  if (after.isDefault && !after.isVerified) refuse('domain_unproven', { property, domain: after.name })
  // Somebody must be able to sign in here on the day the other identity provider is out of reach.
  const mustBeManaged = after.isDefault || after.isInitial
  if (mustBeManaged && after.authenticationType === 'Federated') refuse('domain_stays_managed', { property: 'authenticationType' })
}
