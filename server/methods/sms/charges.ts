import type { Charge, Limits } from '#server/domain/budget.ts'
import type { CodeOf } from '#server/domain/code-challenge.ts'
import { callerOf } from '#server/domain/code-charges.ts'
import { countryOf, type PhoneNumber, prefixOf } from '#server/domain/phone-number.ts'
import { tenantDayCharge, untypedCharge } from '#server/domain/text-budget.ts'

/**
 * What one text costs. For a number nobody has, the same buckets are paid under other names, so that it takes the same work and yet a stranger
 * who types numbers at random uses up nothing that belongs to people.
 */
export function chargesForText({ texts }: Limits, { tenantId, userId, receiver: number, device, address }: CodeOf<PhoneNumber>): Charge[] {
  const shared = (scope: string, value: string, limit: Charge['limit']): Charge => ({
    scope: `text ${scope}`,
    value,
    limit,
    payer: 'shared',
  })
  const own = (scope: string, value: string, limit: Charge['limit']): Charge => ({ scope: `text ${scope}`, value, limit, payer: 'caller' })
  const caller = callerOf(address, device)
  const receiver = device === undefined ? number : `${number} ${device}`
  const person = userId === undefined ? `${tenantId} ${number}` : `${tenantId} ${userId}${device === undefined ? '' : ` ${device}`}`
  const kind = userId === undefined ? 'decoy ' : ''
  return [
    own('address', caller.address, texts.address),
    own('address day', caller.address, texts.addressDay),
    own('net', caller.net, texts.net),
    shared('number gap', number, texts.numberGap),
    shared('number hour', receiver, texts.numberHour),
    shared('number day', receiver, texts.numberDay),
    shared('person hour', person, texts.personHour),
    shared('person day', person, texts.personDay),
    // Who pumps texts owns a range of numbers; so does a company that gave its people phones, and those have browsers we know.
    ...(device === undefined ? [shared(`${kind}prefix`, prefixOf(number), texts.prefix)] : []),
    { ...untypedCharge({ texts }, tenantId, countryOf(number)), scope: `text ${kind}untyped` },
    shared(`${kind}tenant`, tenantId, texts.tenant),
    { ...tenantDayCharge({ texts }, tenantId), scope: `text ${kind}tenant day` },
    shared(`${kind}installation day`, '', texts.installationDay),
  ]
}

/** What a text gives back when its code is typed: its own share, and that of two others that were not. */
export function refundForTyping(limits: Limits, tenantId: string, number: PhoneNumber): Charge[] {
  const charge = untypedCharge(limits, tenantId, countryOf(number))
  return [charge, charge, charge]
}
