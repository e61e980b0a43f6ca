import type { MethodChoices } from './method-choices.ts'
import type { PersonPhone } from './person-phones.ts'
import { isQuiet, knownAt } from './sms-sign-in.ts'

export interface Offer {
  phone: PersonPhone | undefined
  /** The tile of the number has its button. */
  canEnable: boolean
  /** The page asks by itself, until it was told not to. */
  showsBanner: boolean
}

/** Whether somebody with a number that could be their user name is asked to make it that. */
export function smsSignInOffer(phones: readonly PersonPhone[], { offerDismissedAt }: MethodChoices, now: Date): Offer {
  const phone = phones.find((one) => one.type === 'mobile')
  const canEnable = phone?.state === 'notConfigured' && !phone.isVoiceOnly && !isQuiet(knownAt(phone), now)
  return { phone, canEnable, showsBanner: canEnable && offerDismissedAt === undefined }
}
