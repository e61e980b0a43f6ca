import type { Phone } from '#server/domain/phone.ts'
import { type CampaignOffer, campaignGroupIds, campaignOffer } from '#server/domain/registration-campaign.ts'
import { methodsOfNumbers, missingMethods, type SelfRegistered, selfRegistered } from '#server/domain/self-registration.ts'
import type { Stores } from '#server/system.ts'

export type RegistrationParts = Pick<
  Stores,
  'methodPolicies' | 'methodPolicySettings' | 'phones' | 'emailMethods' | 'memberships' | 'registrationSnoozes'
>

export interface Registration {
  /** What is to be registered, the strongest first. */
  asked: readonly SelfRegistered[]
  /** A campaign only would like it; undefined where it has to be. */
  offer: CampaignOffer | undefined
  /** What policy lets this person use, asked or not. */
  allowed: ReadonlySet<SelfRegistered>
  /** The numbers they have. */
  owned: readonly Phone[]
}

/**
 * What somebody is asked to set up at this moment. Looked up anew each time it matters, since policy may change between two pages, and another
 * window may have done it.
 */
export async function findRegistration(stores: RegistrationParts, userId: string, now: Date): Promise<Registration | undefined> {
  const standings = await stores.methodPolicies.standingsOf(userId)
  const { settings } = await stores.methodPolicySettings.get()
  const campaign = settings.registrationEnforcement.authenticationMethodsRegistrationCampaign
  const isDemanded = [...standings.values()].some((standing) => standing.isRegistrationRequired)
  if (!isDemanded && campaign.state !== 'enabled') return undefined

  const owned = await stores.phones.ofUser(userId)
  const held = methodsOfNumbers(owned)
  if (await stores.emailMethods.ofUser(userId)) held.add('email')
  const allowed = new Set(selfRegistered.filter((id) => standings.get(id)?.isAllowed === true))
  const missing = missingMethods(standings, held)
  const offer = campaign.state === 'enabled' ? await findOffer() : undefined
  if (missing.length === 0 && offer?.snoozesLeft !== 0) return offer && { asked: [offer.method], offer, allowed, owned }
  const asked = selfRegistered.filter((id) => missing.includes(id) || (offer?.snoozesLeft === 0 && offer.method === id))
  return { asked, offer: undefined, allowed, owned }

  async function findOffer(): Promise<CampaignOffer | undefined> {
    const among = campaignGroupIds(campaign)
    const relation = { name: 'transitiveMemberOf', id: userId, hiddenUnits: 'all' } as const
    const groupIds = new Set(among.length > 0 ? await stores.memberships.ids(relation, ['group'], among) : [])
    const snoozes = await stores.registrationSnoozes.ofUser(userId)
    return campaignOffer(campaign, { userId, groupIds, standings, held, snoozes }, now)
  }
}
