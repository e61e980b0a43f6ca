import type { LicenceMode } from '#server/domain/method-policy.ts'
import type { Reach } from '#server/domain/policy-effect.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'methodPolicies' | 'policyReach'>

/** What it would mean to treat a missing licence otherwise: whoever has none may lose the method, or get it back. */
export async function previewLicensing(
  { methodPolicies, policyReach }: Needs,
  mode: LicenceMode,
  how: 'quickly' | 'exactly',
): Promise<Reach> {
  const policy = await methodPolicies.find('sms')
  const isEnforced = (await methodPolicies.licenceMode('sms')) === 'enforce'
  const before = { policy, enforcesLicences: isEnforced }
  return policyReach.count({ method: 'sms', before, after: { policy, enforcesLicences: mode === 'enforce' } }, how)
}
