import { createHash } from 'node:crypto'
import { type CallerAddress, type Charge, callerAddress, isInNetworks, type Limits, limitsForManyPeople } from './budget.ts'
import type { CodeMethod } from './challenge.ts'
import type { CodePurpose } from './code-purpose.ts'
import type { SignInSettings } from './sign-in-settings.ts'

/** A browser that this person has used before asks for itself, not for everybody who comes by the same address. */
export function callerOf(address: string, device: string | undefined): CallerAddress {
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

/** Under what the wrong answers for a receiver are counted, and its method pauses: a browser that has signed in before apart from all others. */
export function failureKey(method: CodeMethod, purpose: CodePurpose, receiverIndex: string, device: string | undefined): string {
  const known = device === undefined ? [] : [createHash('sha256').update(device).digest('base64url')]
  return [failureKeys(method, receiverIndex) + purpose, ...known].join(' ')
}

/** How all the keys of a receiver begin. */
export function failureKeys(method: CodeMethod, receiverIndex: string): string {
  return `${method} ${receiverIndex} `
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
