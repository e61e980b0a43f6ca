import { type Charge, callerAddress } from './budget.ts'

const hour = 60 * 60 * 1_000
const perSession = { count: 5, perMs: hour }
const perAddress = { count: 20, perMs: hour }

/**
 * What typing the code of a device costs, until it turns out to be one. A browser that mistypes must not use up what its neighbours have, and
 * whoever takes a new browser for each guess has one address for them all.
 */
export function chargesForUserCode(sessionId: string, address: string): Charge[] {
  return [
    { scope: 'user code session', value: sessionId, limit: perSession, payer: 'caller' },
    // Given back when the browser has no more tries: an address may be that of a whole shop.
    { scope: 'user code address', value: callerAddress(address).address, limit: perAddress, payer: 'shared' },
  ]
}
