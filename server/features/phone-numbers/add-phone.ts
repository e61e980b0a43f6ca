import type { Caller } from '#server/domain/caller.ts'
import { keepPhone, type WantedPhone } from '#server/domain/keep-phone.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import type { Phone } from '#server/domain/phone.ts'
import { mayReceiveTexts } from '#server/domain/phone-number.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** An administrator gives a person a number; it becomes their user name too where policy allows and nobody else has it. */
export async function addPhone(system: Needs, caller: Caller, idOrName: string, wanted: WantedPhone): Promise<PersonPhone> {
  const { phone, isStrict } = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    refuseSecond(await stores.phones.ofUser(user.id), wanted)
    const kept = await keepPhone(stores, user, wanted, now)
    const details = { SmsSignInState: kept.phone.state }
    await recordNumber(stores, caller, user, 'registered', { after: kept.phone, details }, now)
    return { phone: kept.phone, isStrict: (await stores.settings.get()).strictConflict }
  })
  if (isStrict && phone.state === 'phoneNumberNotUnique') refuse('phone_number_not_unique', { property: 'phoneNumber' })
  return phone
}

/** One number of a type, and no second mobile before there is a first. */
export function refuseSecond(owned: readonly Phone[], { type, number }: Pick<WantedPhone, 'type' | 'number'>): void {
  const sameType = owned.find((phone) => phone.type === type)
  const isForVoice = sameType && (sameType.isVoiceOnly || !mayReceiveTexts(sameType.number))
  if (type === 'mobile' && isForVoice && mayReceiveTexts(number)) refuse('voice_number_conflict')
  if (sameType) refuse('phone_type_taken', { phoneType: type })
  if (type === 'alternateMobile' && !owned.some((phone) => phone.type === 'mobile')) refuse('alternate_needs_mobile')
}
