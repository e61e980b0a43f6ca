import type { MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import type { Excluded } from '../configuration.ts'

export type Campaign = MethodsPolicySettings['registrationEnforcement']['authenticationMethodsRegistrationCampaign']
export type CampaignTarget = Campaign['includeTargets'][number]

export interface PolicyBody extends MethodsPolicySettings {
  '@odata.etag': string
}

export interface CampaignDraft extends Campaign {
  etag: string
}

export function campaignOf(policy: PolicyBody): CampaignDraft {
  return { etag: policy['@odata.etag'], ...policy.registrationEnforcement.authenticationMethodsRegistrationCampaign }
}

/** One request with all of it. */
export function bodyOf({ etag: _, ...campaign }: CampaignDraft) {
  return { registrationEnforcement: { authenticationMethodsRegistrationCampaign: campaign } }
}

export function isSame(one: CampaignDraft, other: CampaignDraft): boolean {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other))
}

export function without<T extends Excluded>(targets: readonly T[], id: string): T[] {
  return targets.filter((one) => one.id !== id)
}

export function withNew<T extends Excluded>(targets: readonly T[], chosen: readonly T[]): T[] {
  return [...targets, ...chosen.filter(({ id }) => targets.every((one) => one.id !== id))]
}
