import type { Locale } from '#contract/locale.ts'
import type { CodePurpose } from './code-purpose.ts'
import type { PhoneType } from './phone.ts'
import type { PhoneNumber } from './phone-number.ts'

/** What somebody may be called for. Nobody signs in by a call alone. */
export type CallPurpose = Exclude<CodePurpose, 'sign-in' | 'add-email'>

/**
 * How far a call is. `waiting` has not left the house. The rest is what the provider says of it, but for `passed` and `wrongKey`: which key is
 * the right one only we know.
 */
export const callStates = ['waiting', 'ringing', 'answered', 'passed', 'wrongKey', 'hungUp', 'busy', 'noAnswer', 'failed'] as const

export type CallState = (typeof callStates)[number]

/** What a person is told; a call nobody may use any more has expired. */
export type ShownCallState = Exclude<CallState, 'waiting'> | 'expired'

/** Somebody is called and asked to press the digit on their screen. Without a person it is a decoy: all the same, but no phone rings. */
export interface Call {
  id: string
  purpose: CallPurpose
  userId: string | undefined
  number: PhoneNumber
  /** What it is registered as, or is to be. */
  phoneType: PhoneType
  /** The desk behind an office's number. */
  extension: string | undefined
  binding: string
  locale: Locale
  /** Which call of these it is; each asks for a digit of its own. */
  round: number
  state: CallState
  /** Why nobody is called, though all else is as always. */
  heldFor: string | undefined
  /** Wrong digits in this call, and in all of them. */
  tries: number
  triesTotal: number
  /** The reports of keys that were counted, so that none counts twice. */
  reports: readonly string[]
  startedAt: Date
  calledAt: Date
  expiresAt: Date
  /** When what it proved was used, which happens once. */
  usedAt: Date | undefined
}

const second = 1_000
const minute = 60 * second

/** From the ringing until what it proved has to be used. */
export const callLifeMs = 5 * minute
/** However often somebody is called again, it ends with the page that began it. */
const challengeLifeMs = 30 * minute
export const callsMax = 3
export const triesPerCallMax = 3
export const callTriesTotalMax = 5
/** Nobody lets it ring for longer. */
const ringMs = minute
/** The longest words twice, and time to find the key. */
const talkMs = 2 * minute

const open: readonly CallState[] = ['waiting', 'ringing', 'answered']

/** From where a call may get there: only forward, whatever order the reports come in. */
export const statesBefore: Readonly<Record<Exclude<CallState, 'waiting'>, readonly CallState[]>> = {
  ringing: ['waiting'],
  answered: ['waiting', 'ringing'],
  passed: open,
  wrongKey: open,
  hungUp: open,
  busy: ['waiting', 'ringing'],
  noAnswer: ['waiting', 'ringing'],
  failed: open,
}

type Progress = Pick<Call, 'state' | 'round' | 'triesTotal' | 'startedAt' | 'calledAt' | 'expiresAt' | 'usedAt'>

/** Nothing opens it any more, and no further call will change that. */
export function isCallFinished({ usedAt, triesTotal, startedAt, expiresAt, state }: Progress, now: Date): boolean {
  const isSpent = state === 'passed' ? expiresAt <= now : triesTotal >= callTriesTotalMax
  return usedAt !== undefined || isSpent || now.getTime() >= startedAt.getTime() + challengeLifeMs
}

/** It has come to its end, whatever is reported later. */
export function isCallOver({ state }: Pick<Call, 'state'>): boolean {
  return !open.includes(state)
}

/** A phone rings, or somebody is listening, as far as we were told. */
export function isUnderWay(call: Progress, now: Date): boolean {
  return open.includes(call.state) && now < quietAt(call)
}

/** What the person sees. A provider that says nothing must not keep them waiting for ever. */
export function shownState(call: Progress, now: Date): ShownCallState {
  const { state } = call
  if (call.usedAt !== undefined || (state === 'passed' && call.expiresAt <= now)) return 'expired'
  if (state === 'waiting' || state === 'ringing') return isUnderWay(call, now) ? 'ringing' : 'noAnswer'
  return state === 'answered' && !isUnderWay(call, now) ? 'hungUp' : state
}

/** A phone that was called needs a moment of rest, and somebody who is listening more than that. */
export function canCallAgainAt(call: Progress): Date {
  return quietAt(call)
}

export function callsLeft({ round }: Pick<Call, 'round'>): number {
  return Math.max(0, callsMax - round)
}

function quietAt({ state, calledAt }: Progress): Date {
  return new Date(calledAt.getTime() + (state === 'answered' ? talkMs : ringMs))
}

/** Whether the desk behind the number is dialled too. Security info and a new password never do: they prove the line, not the desk. */
export function dialsExtension({ purpose, phoneType }: Pick<Call, 'purpose' | 'phoneType'>): boolean {
  return phoneType === 'office' && (purpose === 'second-factor' || purpose === 'step-up')
}
