import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import type { CountedSku } from '#server/domain/licence.ts'
import type { LicenceMode } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'methodPolicies' | 'policyReach' | 'licences'>

export interface Licensing {
  mode: LicenceMode
  inScope: number
  licensed: number
  skus: readonly CountedSku[]
}

/** How many people the policy is for as it stands, and how many of them hold a licence. */
export async function readLicensing({ methodPolicies, policyReach, licences }: Needs): Promise<Licensing> {
  const mode = await methodPolicies.licenceMode('sms')
  const side = { policy: await methodPolicies.find('sms'), enforcesLicences: mode === 'enforce' }
  const { inScope, licensed } = await policyReach.count({ method: 'sms', before: side, after: side }, 'exactly')
  const skus = await licences.findSkus(skusForSmsSignIn)
  return { mode, inScope, licensed, skus: [...skus.values()] }
}
