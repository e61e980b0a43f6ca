import { type EmailAddress, parseEmailAddress } from '#server/domain/email-address.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import { isSameAddress } from '#server/domain/own-address.ts'
import { refuse } from '#server/domain/refusal.ts'

export function readAddress(text: string): EmailAddress {
  return parseEmailAddress(text) ?? refuse('email_address_invalid', { property: 'emailAddress' })
}

/** Another one comes in the place of the first only where its person says so. */
export function refuseOther(owned: EmailMethod | undefined, address: EmailAddress, replaces: boolean): void {
  if (owned && !isSameAddress(owned.address, address) && !replaces) refuse('email_address_taken')
}
