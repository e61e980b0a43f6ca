import type { MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { LicenceMode } from '#server/domain/method-policy.ts'
import type { Stores } from '#server/system.ts'
import { differences } from './rules.ts'

interface Writing {
  now: Date
  details?: Readonly<Record<string, string>>
}

/** The same for what is decided about all methods together. */
export async function saveSettings(
  { methodPolicySettings, audit }: Pick<Stores, 'methodPolicySettings' | 'audit'>,
  caller: Caller,
  { before, after }: { before: MethodsPolicySettings; after: MethodsPolicySettings },
  { now, details }: Writing,
): Promise<void> {
  const changed = differences(before, after)
  if (changed.length === 0) return
  await methodPolicySettings.set(after, now)
  const target = { id: 'authenticationMethodsPolicy', kind: 'Policy', displayName: 'Authentication Methods Policy', changed } as const
  await audit.record(caller, { ...update, targets: [target], ...(details && { details }) }, now)
}

/** And for what a missing licence means. */
export async function saveLicenceMode(
  { methodPolicies, audit }: Pick<Stores, 'methodPolicies' | 'audit'>,
  caller: Caller,
  mode: LicenceMode,
  { now, details }: Writing,
): Promise<void> {
  const before = await methodPolicies.licenceMode('sms')
  if (before === mode) return
  await methodPolicies.setLicenceMode('sms', mode)
  const changed = [{ name: 'licenceMode', from: before, to: mode }]
  const target = { id: 'Sms', kind: 'Policy', displayName: 'Sms', changed } as const
  await audit.record(caller, { ...update, targets: [target], ...(details && { details }) }, now)
}

const update = { activity: 'Authentication Methods Policy Update', category: 'ApplicationManagement', operation: 'Update' } as const
