import { codesBy } from '#server/domain/codes-by.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import { chargesForText, refundForTyping } from './charges.ts'

export const codesByText = codesBy({
  method: 'sms',
  bell: 'texts',
  read: canonicalNumber,
  charges: chargesForText,
  refund: refundForTyping,
})
