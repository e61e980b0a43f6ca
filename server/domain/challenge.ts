import type { Locale } from '#contract/locale.ts'
import type { CodePurpose } from './code-purpose.ts'

/** The methods whose proof is a code that was sent. */
export type CodeMethod = 'sms' | 'email'

/** Somebody was asked for a code that was sent to a number or an address, the receiver. Without a person it is a decoy: all the same, but nothing is sent and nothing opens. */
export interface Challenge {
  id: string
  method: CodeMethod
  purpose: CodePurpose
  userId: string | undefined
  receiver: string
  binding: string
  locale: Locale
  /** The round; each has a code of its own. */
  generation: number
  /** Spent on this round's code, and on all rounds. */
  tries: number
  triesTotal: number
  sends: number
  startedAt: Date
  sentAt: Date
  expiresAt: Date
  passedAt: Date | undefined
}

const minute = 60_000

/** Mail may take its time on the way. */
export const codeLifeMs: Readonly<Record<CodeMethod, number>> = { sms: 5 * minute, email: 10 * minute }
export const triesMax = 5
export const triesTotalMax = 10
export const resendsMax = 4

/** The same code is sent again while it has at least this much life left; otherwise it would die in somebody's hand. */
const worthRepeatingMs = minute
/** From one message of a challenge to the next. */
const resendGapsMs = [30_000, minute, 2 * minute, 5 * minute]
/** However often a code is renewed, a challenge ends with the page that began it. */
const challengeLifeMs = 30 * minute

type Rounds = Pick<Challenge, 'generation' | 'tries' | 'triesTotal' | 'sends' | 'startedAt' | 'sentAt' | 'expiresAt' | 'passedAt'>

/** No answer opens it any more, and no new message will change that. */
export function isFinished({ passedAt, triesTotal, startedAt }: Rounds, now: Date): boolean {
  return passedAt !== undefined || triesTotal >= triesTotalMax || now.getTime() >= startedAt.getTime() + challengeLifeMs
}

/** Its present code opens nothing any more; perhaps a new message does. */
export function isOver(challenge: Rounds, now: Date): boolean {
  return isFinished(challenge, now) || challenge.expiresAt <= now || challenge.tries >= triesMax
}

export function triesLeft({ tries, triesTotal }: Rounds): number {
  return Math.max(0, Math.min(triesMax - tries, triesTotalMax - triesTotal))
}

export function canResendAt({ sends, sentAt }: Rounds): Date {
  const gap = resendGapsMs[Math.min(sends, resendGapsMs.length) - 1] ?? 0
  return new Date(sentAt.getTime() + gap)
}

export function sendsLeft({ sends }: Rounds): number {
  return Math.max(0, resendsMax + 1 - sends)
}

/** What one more message changes: nothing of the code while it is worth repeating, else a new round. */
export function nextSend(
  challenge: Rounds & Pick<Challenge, 'method'>,
  now: Date,
): Pick<Challenge, 'generation' | 'tries' | 'sends' | 'sentAt' | 'expiresAt'> {
  const sends = challenge.sends + 1
  const repeats = challenge.tries < triesMax && challenge.expiresAt.getTime() - now.getTime() >= worthRepeatingMs
  return repeats
    ? { generation: challenge.generation, tries: challenge.tries, sends, sentAt: now, expiresAt: challenge.expiresAt }
    : {
        generation: challenge.generation + 1,
        tries: 0,
        sends,
        sentAt: now,
        expiresAt: new Date(now.getTime() + codeLifeMs[challenge.method]),
      }
}
