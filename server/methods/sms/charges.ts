import { createHash } from 'node:crypto'
import { type CallerAddress, type Charge, callerAddress, isInNetworks, type Limits, limitsForManyPeople } from '#server/domain/budget.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import { countryOf, type PhoneNumber, prefixOf } from '#server/domain/phone-number.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'

interface TextOf {
  tenantId: string
  userId: string | undefined
  number: PhoneNumber
  /** Only where the browser is known: then it has a budget of its own for this number. */
  device: string | undefined
  address: string
}

/**
 * What one text costs. For a number nobody has, the same buckets are paid under other names, so that it takes the same work and yet a stranger
 * who types numbers at random uses up nothing that belongs to people.
 */
export function chargesForText({ texts }: Limits, { tenantId, userId, number, device, address }: TextOf): Charge[] {
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
    { ...untypedCharge({ texts }, tenantId, number), scope: `text ${kind}untyped` },
    shared(`${kind}tenant`, tenantId, texts.tenant),
    shared(`${kind}tenant day`, tenantId, texts.tenantDay),
    shared(`${kind}installation day`, '', texts.installationDay),
  ]
}

/** A browser that this person has used before asks for itself, not for everybody who comes by the same address. */
function callerOf(address: string, device: string | undefined): CallerAddress {
  const caller = callerAddress(address)
  if (device === undefined) return caller
  return { address: `${caller.address} ${device}`, net: `${caller.net} ${device}` }
}

/** The limits for whoever comes from this address. */
export function limitsAt(
  { limits, signInSettings: { sharedNetworks } }: { limits: Limits; signInSettings: Pick<SignInSettings, 'sharedNetworks'> },
  address: string,
): Limits {
  return isInNetworks(address, sharedNetworks) ? limitsForManyPeople(limits) : limits
}

function untypedCharge({ texts }: Pick<Limits, 'texts'>, tenantId: string, number: PhoneNumber): Charge {
  return { scope: 'text untyped', value: `${tenantId} ${countryOf(number) ?? ''}`, limit: texts.untyped, payer: 'shared' }
}

/** What a text gives back when its code is typed: its own share, and that of two others that were not. */
export function refundForTyping(limits: Limits, tenantId: string, number: PhoneNumber): Charge[] {
  const charge = untypedCharge(limits, tenantId, number)
  return [charge, charge, charge]
}

/** Under what the wrong answers for a number are counted, and its method pauses: a browser that has signed in before apart from all others. */
export function failureKey(purpose: CodePurpose, numberIndex: string, device: string | undefined): string {
  const known = device === undefined ? [] : [createHash('sha256').update(device).digest('base64url')]
  return [failureKeys(numberIndex) + purpose, ...known].join(' ')
}

/** How all the keys of a number begin. */
export function failureKeys(numberIndex: string): string {
  return `sms ${numberIndex} `
}

/** What an answer costs until it turns out to be right. */
export function chargesForAnswer(
  { failures }: Limits,
  answer: { tenantId: string; key: string; address: string; device: string | undefined },
): Charge[] {
  const value = `${answer.tenantId} ${answer.key}`
  return [
    { scope: 'failure hour', value, limit: failures.numberHour, payer: 'shared' },
    { scope: 'failure day', value, limit: failures.numberDay, payer: 'shared' },
    ...chargesOf(callerOf(answer.address, answer.device), failures),
  ]
}

/** What it costs to ask for what does not exist, or is somebody else's. */
export function chargesForStranger({ failures }: Pick<Limits, 'failures'>, address: string): Charge[] {
  return chargesOf(callerAddress(address), failures)
}

function chargesOf(caller: CallerAddress, failures: Limits['failures']): Charge[] {
  return [
    { scope: 'failure address', value: caller.address, limit: failures.address, payer: 'caller' },
    { scope: 'failure net', value: caller.net, limit: failures.net, payer: 'caller' },
  ]
}
