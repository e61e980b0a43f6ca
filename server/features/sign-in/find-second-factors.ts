import { defaultMethod, type SecondFactor } from '#server/domain/default-method.ts'
import { isTemporaryOver } from '#server/domain/password-policy.ts'
import { allowedChannels, factorsOf } from '#server/domain/person-factors.ts'
import type { Phone } from '#server/domain/phone.ts'
import type { Stores } from '#server/system.ts'
import { amrOfWay, type PhoneFactor, type SecondFactorWay, secondFactorWays } from './rules.ts'

export type SecondFactorParts = Pick<Stores, 'phones' | 'methodPolicies' | 'methodChoices' | 'personPasswords' | 'settings'>

/** A way to prove a second factor, and where it goes. */
export type SecondFactorOption = { way: 'password' } | { way: PhoneFactor; phone: Phone }

/**
 * What somebody can prove beside what they have, first what they chose themselves; nothing, where the organisation adds nothing to a sign-in by
 * text. Looked up anew each time it matters.
 */
export async function findSecondFactors(
  stores: SecondFactorParts,
  { userId, methods }: { userId: string; methods: readonly string[] },
  now: Date,
): Promise<SecondFactorOption[]> {
  if (methods.includes(amrOfWay.sms) && (await stores.settings.get()).afterSmsSignIn === 'deny') return []
  const owned = await stores.phones.ofUser(userId)
  const usable = factorsOf(owned, await allowedChannels(stores, userId))
  const { defaultMethod: chosen } = await stores.methodChoices.ofUser(userId)
  const kept = await stores.personPasswords.find(userId)
  const hasPassword = kept !== undefined && !isTemporaryOver(kept, now)
  const ways = secondFactorWays(methods, { usable, first: defaultMethod(chosen, usable), hasPassword })
  return ways.flatMap((way) => optionOf(way, owned))
}

function optionOf(way: SecondFactorWay, owned: readonly Phone[]): SecondFactorOption[] {
  if (way === 'password') return [{ way }]
  const phone = owned.find(({ type }) => type === phoneTypes[way])
  return phone ? [{ way, phone }] : []
}

const phoneTypes = {
  sms: 'mobile',
  voiceMobile: 'mobile',
  voiceAlternateMobile: 'alternateMobile',
  voiceOffice: 'office',
} as const satisfies Record<Exclude<SecondFactor, 'push' | 'oath'>, Phone['type']>
