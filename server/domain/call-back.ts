import { randomInt } from 'node:crypto'
import type { Charge, Limits } from './budget.ts'
import type { PhoneNumber } from './phone-number.ts'

/**
 * `waiting` for the person; `agreed`, and the manager's page does the change; `done`; `refused` by the person; `over` when its tries are used up
 * or another question took its place.
 */
export const callBackStates = ['waiting', 'agreed', 'refused', 'over', 'done'] as const

export type CallBackState = (typeof callBackStates)[number]

/** What a manager wants to change, and what the person is to answer. */
export interface CallBackQuestion {
  change: 'replace' | 'remove'
  /** What comes in its place; nothing where it only goes. */
  newNumber: PhoneNumber | undefined
  oldNumber: PhoneNumber
  digits: string
  managerName: string
}

export interface CallBack {
  id: string
  userId: string
  managerId: string
  question: CallBackQuestion
  state: CallBackState
  startedAt: Date
  expiresAt: Date
}

export const callBackLifeMs = 10 * 60 * 1000
/** Three digits are guessed once in a thousand tries, and the link has to be held beside. */
export const callBackTriesMax = 3
/** For so long after a person said no, no manager changes their number: whoever stole a manager's session would only tick the other box. */
export const callBackRefusedMs = 24 * 60 * 60 * 1000

/** What the person types: it stands on the manager's screen alone, so whoever only has the link cannot agree. */
export function callBackDigits(): string {
  return String(randomInt(1000)).padStart(3, '0')
}

/** The secret of its link is derived like that of a notice; under this name it is never one of a notice. */
export function callBackLinkName(id: string): string {
  return `call-back ${id}`
}

/** The address in the text; short, since a text has little room. */
export function callBackAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/c/${secret}`
}

/** A text that a manager causes is paid like any other, and one person is not asked all day. */
export function chargesForCallBack(
  { texts, staff }: Limits,
  tenantId: string,
  { userId, number }: { userId: string; number: PhoneNumber },
): Charge[] {
  const charge = (scope: string, value: string, limit: Charge['limit']): Charge => ({ scope, value, limit, payer: 'shared' })
  return [
    charge('call-back person day', `${tenantId} ${userId}`, staff.callBacksOfPerson),
    charge('text number hour', number, texts.numberHour),
    charge('text number day', number, texts.numberDay),
    charge('text tenant', tenantId, texts.tenant),
    charge('text tenant day', tenantId, texts.tenantDay),
    charge('text installation day', '', texts.installationDay),
  ]
}
