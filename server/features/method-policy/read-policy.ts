import type { System } from '#server/system.ts'
import type { WholePolicy } from './present-policy.ts'

type Needs = Pick<System, 'methodPolicies' | 'methodPolicySettings'>

export async function readPolicy({ methodPolicies, methodPolicySettings }: Needs): Promise<WholePolicy> {
  return { ...(await methodPolicySettings.get()), policies: await methodPolicies.all() }
}
