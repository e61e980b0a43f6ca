import { type Charge, callerAddress, type Limit, type Limits } from '#server/domain/budget.ts'
import { countryOf, type PhoneNumber, prefixOf } from '#server/domain/phone-number.ts'

interface CallOf {
  tenantId: string
  userId: string | undefined
  number: PhoneNumber
  address: string
}

/**
 * What one call costs. A person's share is the one their texts are paid from too. For a number nobody has, the same buckets are paid, some under
 * other names, so that a stranger uses up nothing that belongs to people.
 */
export function chargesForCall({ calls, texts }: Limits, { tenantId, userId, number, address }: CallOf): Charge[] {
  const shared = (scope: string, value: string, limit: Limit): Charge => ({ scope, value, limit, payer: 'shared' })
  const own = (scope: string, value: string, limit: Limit): Charge => ({ scope, value, limit, payer: 'caller' })
  const caller = callerAddress(address)
  const person = `${tenantId} ${userId ?? number}`
  const kind = userId === undefined ? 'decoy ' : ''
  return [
    own('call address', caller.address, calls.address),
    own('call address day', caller.address, calls.addressDay),
    own('call net', caller.net, calls.net),
    shared('call number gap', number, calls.numberGap),
    shared('call number hour', number, calls.numberHour),
    shared('call number day', number, calls.numberDay),
    shared('text person hour', person, texts.personHour),
    shared('text person day', person, texts.personDay),
    shared(`call ${kind}prefix`, prefixOf(number), calls.prefix),
    { ...unprovenCharge({ calls }, tenantId, number), scope: `call ${kind}unproven` },
    shared(`call ${kind}tenant`, tenantId, calls.tenant),
    shared(`call ${kind}installation day`, '', calls.installationDay),
  ]
}

function unprovenCharge({ calls }: Pick<Limits, 'calls'>, tenantId: string, number: PhoneNumber): Charge {
  return { scope: 'call unproven', value: `${tenantId} ${countryOf(number) ?? ''}`, limit: calls.unproven, payer: 'shared' }
}

/** What a call gives back when the right key is pressed: its own share, and that of two others where it was not. */
export function refundForProof(limits: Limits, tenantId: string, number: PhoneNumber): Charge[] {
  const charge = unprovenCharge(limits, tenantId, number)
  return [charge, charge, charge]
}
