import type { MethodPolicies } from '#server/store/method-policies.ts'
import type { SecondFactor } from './default-method.ts'
import type { Phone } from './phone.ts'
import { mayReceiveTexts } from './phone-number.ts'

/** Which of somebody's numbers may be texted, and which called. */
export interface AllowedChannels {
  sms: boolean
  voice: boolean
}

/** What these numbers are good for when a second step is asked. */
export function factorsOf(owned: readonly Pick<Phone, 'type' | 'number' | 'isVoiceOnly'>[], allowed: AllowedChannels): Set<SecondFactor> {
  const factors = new Set<SecondFactor>()
  for (const { type, number, isVoiceOnly } of owned) {
    if (type === 'mobile' && allowed.sms && !isVoiceOnly && mayReceiveTexts(number)) factors.add('sms')
    if (allowed.voice) factors.add(voiceFactors[type])
  }
  return factors
}

const voiceFactors = { mobile: 'voiceMobile', alternateMobile: 'voiceAlternateMobile', office: 'voiceOffice' } as const

export async function allowedChannels(
  { methodPolicies }: { methodPolicies: Pick<MethodPolicies, 'standingOf'> },
  userId: string,
): Promise<AllowedChannels> {
  const sms = await methodPolicies.standingOf('sms', userId)
  const voice = await methodPolicies.standingOf('voice', userId)
  return { sms: sms.isAllowed, voice: voice.isAllowed }
}
