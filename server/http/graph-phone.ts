import { type PhoneMethodBody, phoneMethodIds } from '#contract/graph/phone-methods.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import { type PhoneType, phoneTypes } from '#server/domain/phone.ts'
import { graphNumber, maskedForLog } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'

export function presentPhone({ type, number, extension, state, createdAt }: PersonPhone, isWhole: boolean): PhoneMethodBody {
  return {
    id: phoneMethodIds[type],
    phoneNumber: isWhole ? graphNumber(number, extension) : maskedForLog(number),
    phoneType: type,
    smsSignInState: state,
    createdDateTime: createdAt.toISOString(),
  }
}

/** The kind of number that stands at this id; any other id is nothing that exists. */
export function getPhoneType(id: string | undefined): PhoneType {
  return findPhoneType(id) ?? refuse('object_not_found', { id: id ?? '' })
}

export function findPhoneType(id: string | undefined): PhoneType | undefined {
  return phoneTypes.find((type) => phoneMethodIds[type] === id?.toLowerCase())
}
