import type { Charge, Limits } from '#server/domain/budget.ts'
import type { CodeOf } from '#server/domain/code-challenge.ts'
import { callerOf } from '#server/domain/code-charges.ts'
import { addressKey, type EmailAddress } from '#server/domain/email-address.ts'

/** What one mail with a code costs. Where nobody has the address, nothing is taken from what belongs to all. */
export function chargesForMail({ mails }: Limits, { tenantId, userId, receiver, device, address }: CodeOf<EmailAddress>): Charge[] {
  const charge = (scope: string, value: string, limit: Charge['limit'], payer: Charge['payer'] = 'shared'): Charge => ({
    scope: `mail ${scope}`,
    value,
    limit,
    payer,
  })
  const caller = callerOf(address, device)
  const mailbox = addressKey(receiver)
  const kind = userId === undefined ? 'decoy ' : ''
  return [
    charge('address', caller.address, mails.address, 'caller'),
    charge('address day', caller.address, mails.addressDay, 'caller'),
    charge('net', caller.net, mails.net, 'caller'),
    charge('receiver gap', mailbox, mails.receiverGap),
    charge('receiver', device === undefined ? mailbox : `${mailbox} ${device}`, mails.receiver),
    charge('receiver day', mailbox, mails.receiverDay),
    charge('person', `${tenantId} ${userId ?? mailbox}`, mails.person),
    charge(`${kind}tenant`, tenantId, mails.tenant),
    charge(`${kind}installation day`, '', mails.installationDay),
  ]
}
