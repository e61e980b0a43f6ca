import { type PersonPhone, phonesOf } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import { isQuiet, knownAt } from '#server/domain/sms-sign-in.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'users' | 'phones' | 'methodPolicies' | 'methodChoices' | 'settings' | 'now'>

export interface Offer {
  phone: PersonPhone | undefined
  /** The tile of the number has its button. */
  canEnable: boolean
  /** The page asks by itself, until it was told not to. */
  showsBanner: boolean
}

/** Whether somebody with a number that could be their user name is asked to make it that. */
export async function smsSignInOffer(system: Needs, userId: string): Promise<Offer> {
  const now = system.now()
  const user = (await system.users.find(userId)) ?? refuse('object_not_found', { id: userId })
  const phone = (await phonesOf(system, user, now)).find((one) => one.type === 'mobile')
  const canEnable = phone?.state === 'notConfigured' && !isQuiet(knownAt(phone), now)
  const { offerDismissedAt } = await system.methodChoices.ofUser(user.id)
  return { phone, canEnable, showsBanner: canEnable && offerDismissedAt === undefined }
}
