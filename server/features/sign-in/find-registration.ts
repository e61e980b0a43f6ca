import type { Phone } from '#server/domain/phone.ts'
import { type CampaignOffer, campaignGroupIds, campaignOffer } from '#server/domain/registration-campaign.ts'
import {
  methodAnew,
  methodsOfNumbers,
  missingMethods,
  proofBeforeAdding,
  type SelfRegistered,
  selfRegistered,
} from '#server/domain/self-registration.ts'
import type { Stores } from '#server/system.ts'
import { mayRegister } from './rules.ts'

export type RegistrationParts = Pick<
  Stores,
  | 'methodPolicies'
  | 'methodPolicySettings'
  | 'phones'
  | 'emailMethods'
  | 'memberships'
  | 'registrationSnoozes'
  | 'reregistrations'
  | 'authority'
>

export interface Registration {
  /** What is to be registered, the strongest first. */
  asked: readonly SelfRegistered[]
  /** A campaign only would like it; undefined where it has to be. */
  offer: CampaignOffer | undefined
  /** What policy lets this person use, asked or not. */
  allowed: ReadonlySet<SelfRegistered>
  /** What an administrator wants set up again, though it is there. */
  anew: SelfRegistered | undefined
  /** The numbers they have. */
  owned: readonly Phone[]
}

/**
 * What somebody is asked to set up at this moment. Looked up anew each time it matters, since policy may change between two pages, and another
 * window may have done it.
 */
export async function findRegistration(
  stores: RegistrationParts,
  { userId, proven }: { userId: string; proven: readonly string[] },
  now: Date,
): Promise<Registration | undefined> {
  const standings = await stores.methodPolicies.standingsOf(userId)
  const { settings } = await stores.methodPolicySettings.get()
  const campaign = settings.registrationEnforcement.authenticationMethodsRegistrationCampaign
  const isDemanded = [...standings.values()].some((standing) => standing.isRegistrationRequired)
  const isAnew = (await stores.reregistrations.requiredSince(userId)) !== undefined
  if (!isDemanded && !isAnew && campaign.state !== 'enabled') return undefined

  const owned = await stores.phones.ofUser(userId)
  const held = methodsOfNumbers(owned)
  if (await stores.emailMethods.ofUser(userId)) held.add('email')
  const allowed = new Set(selfRegistered.filter((id) => standings.get(id)?.isAllowed === true))
  const target = await stores.authority.targetOf(userId)
  const holdsPower = target.roles.length > 0 || target.inRoleAssignableGroup
  if (!mayRegister(proven, { holdsPower, provesOwn: proofBeforeAdding(proven, owned, allowed) !== undefined })) return undefined
  const missing = missingMethods(standings, held)
  const offer = campaign.state === 'enabled' ? await findOffer() : undefined
  const anew = isAnew ? methodAnew(held, allowed) : undefined
  if (missing.length === 0 && !anew && offer?.snoozesLeft !== 0) return offer && { asked: [offer.method], offer, anew, allowed, owned }
  const asked = selfRegistered.filter((id) => missing.includes(id) || id === anew || (offer?.snoozesLeft === 0 && offer.method === id))
  return { asked, offer: undefined, anew, allowed, owned }

  async function findOffer(): Promise<CampaignOffer | undefined> {
    const among = campaignGroupIds(campaign)
    const relation = { name: 'transitiveMemberOf', id: userId, hiddenUnits: 'all' } as const
    const groupIds = new Set(among.length > 0 ? await stores.memberships.ids(relation, ['group'], among) : [])
    const snoozes = await stores.registrationSnoozes.ofUser(userId)
    return campaignOffer(campaign, { userId, groupIds, standings, held, snoozes }, now)
  }
}
