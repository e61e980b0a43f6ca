import type { Caller } from '#server/domain/caller.ts'
import type { LicenceMode } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Whether who has no licence is left alone, told of, or kept out. */
export async function changeLicensing(system: Needs, caller: Caller, mode: LicenceMode): Promise<void> {
  await system.inTransaction(async ({ methodPolicies, audit }) => {
    const before = await methodPolicies.licenceMode('sms')
    if (before === mode) return
    await methodPolicies.setLicenceMode('sms', mode)
    await audit.record(
      caller,
      {
        activity: 'Authentication Methods Policy Update',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [{ id: 'Sms', kind: 'Policy', displayName: 'Sms', changed: [{ name: 'licenceMode', from: before, to: mode }] }],
      },
      system.now(),
    )
  })
}
