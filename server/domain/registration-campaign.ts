import type { MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import { methodConfigurations } from '#contract/graph/method-configurations.ts'
import { type MethodId, type PolicyId, policyIds } from '#contract/method-ids.ts'
import { everybody, type MethodStanding } from './method-policy.ts'
import { type SelfRegistered, selfRegistered } from './self-registration.ts'

export type Campaign = MethodsPolicySettings['registrationEnforcement']['authenticationMethodsRegistrationCampaign']

/** How often somebody put a method off, and when last. */
export interface Snooze {
  times: number
  at: Date
}

export interface CampaignFacts {
  /** The person, and every group they are in at any depth. */
  userId: string
  groupIds: ReadonlySet<string>
  standings: ReadonlyMap<string, MethodStanding>
  held: ReadonlySet<MethodId>
  snoozes: ReadonlyMap<string, Snooze>
}

export interface CampaignOffer {
  method: SelfRegistered
  /** How often it was put off before. */
  timesBefore: number
  /** How often it can still be put off; undefined for ever, 0 when it cannot. */
  snoozesLeft: number | undefined
}

const snoozesMax = 3
const dayMs = 24 * 60 * 60 * 1000

/** Which method a campaign names, in any letter case; undefined for one nobody has heard of. */
export function campaignMethod(name: string | null | undefined): PolicyId | undefined {
  return policyIds.find((id) => methodConfigurations[id].id.toLowerCase() === name?.toLowerCase())
}

/** The groups it names: whether somebody is in one of these has to be found out. */
export function campaignGroupIds({ includeTargets, excludeTargets }: Campaign): string[] {
  const groups = [...includeTargets, ...excludeTargets].filter(({ targetType, id }) => targetType === 'group' && id !== everybody)
  return groups.map(({ id }) => id)
}

/**
 * What somebody who has just signed in is asked to set up: the strongest of what the campaign wants of them, that they may use and lack, and that
 * they did not put off a short while ago.
 */
export function campaignOffer(campaign: Campaign, facts: CampaignFacts, now: Date): CampaignOffer | undefined {
  if (campaign.state !== 'enabled' || isAmong(campaign.excludeTargets, facts)) return undefined
  const wanted = campaign.includeTargets.filter((target) => isAmong([target], facts)).map((target) => target.targetedAuthenticationMethod)
  const method = selfRegistered.find(
    (id) => wanted.some((name) => campaignMethod(name) === id) && facts.standings.get(id)?.isAllowed === true && !facts.held.has(id),
  )
  if (method === undefined) return undefined
  const snooze = facts.snoozes.get(method)
  const timesBefore = snooze?.times ?? 0
  const snoozesLeft = campaign.enforceRegistrationAfterAllowedSnoozes ? Math.max(0, snoozesMax - timesBefore) : undefined
  const restsUntil = snooze ? snooze.at.getTime() + campaign.snoozeDurationInDays * dayMs : 0
  return now.getTime() < restsUntil ? undefined : { method, timesBefore, snoozesLeft }
}

function isAmong(targets: readonly { id: string; targetType: 'user' | 'group' }[], { userId, groupIds }: CampaignFacts): boolean {
  return targets.some(({ id, targetType }) => id === everybody || (targetType === 'group' ? groupIds.has(id) : id === userId))
}
