import { codesBy } from '#server/domain/codes-by.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import { chargesForMail } from './charges.ts'

export const codesByMail = codesBy({
  method: 'email',
  bell: 'mails',
  read: canonicalAddress,
  charges: chargesForMail,
  // Nobody earns by mail that is never read, so there is nothing to make up for.
  refund: () => [],
})
