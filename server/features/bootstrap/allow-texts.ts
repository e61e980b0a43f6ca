import type { Author } from '#server/domain/caller.ts'
import type { Stores } from '#server/system.ts'

/**
 * A new organisation allows no method yet, and its first administrator could never be texted again: texts are turned on for them, as a second
 * factor and for nobody else. What is for everybody they decide in the admin center.
 */
export async function allowTexts(
  { methodPolicies, audit }: Pick<Stores, 'methodPolicies' | 'audit'>,
  by: Author,
  userId: string,
  now: Date,
): Promise<void> {
  if ((await methodPolicies.standingOf('sms', userId)).isAllowed) return
  const before = await methodPolicies.find('sms')
  const own = { kind: 'user', id: userId, isExcluded: false, isUsableForSignIn: false } as const
  await methodPolicies.set('sms', { ...before, isEnabled: true, targets: [...(before.isEnabled ? before.targets : []), own] })
  const changed = [
    { name: 'state', from: before.isEnabled ? 'enabled' : 'disabled', to: 'enabled' },
    { name: 'includeTargets', from: null, to: userId },
  ]
  const activity = 'Authentication Methods Policy Update'
  const targets = [{ id: 'Sms', kind: 'Policy', displayName: 'Sms', changed }] as const
  await audit.record(by, { activity, category: 'ApplicationManagement', operation: 'Update', targets }, now)
}
