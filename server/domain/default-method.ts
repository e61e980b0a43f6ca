import type { NumberRules } from './sign-in-settings.ts'

/** What a second step can be asked with, as Graph names it; first comes what is taken when nobody chose. */
export const secondFactors = ['push', 'oath', 'sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice'] as const

export type SecondFactor = (typeof secondFactors)[number]

/** What is chosen as long as it is there, else the first of those that are. */
export function defaultMethod(chosen: SecondFactor | undefined, usable: ReadonlySet<SecondFactor>): SecondFactor | undefined {
  if (chosen !== undefined && usable.has(chosen)) return chosen
  return secondFactors.find((factor) => usable.has(factor))
}

export interface DeletionFacts {
  chosen: SecondFactor | undefined
  /** All that this person can be asked with now. */
  usable: ReadonlySet<SecondFactor>
  /** Those of them that go with what is deleted. */
  leaving: ReadonlySet<SecondFactor>
  isSignInName: boolean
  deletion: NumberRules['defaultMethodDeletion']
  /** Whoever deletes knows that the default moves. */
  agrees: boolean
}

export type Deletion =
  | { kind: 'free' }
  /** The default has to be changed first. */
  | { kind: 'refused' }
  | { kind: 'moves'; from: SecondFactor; to: SecondFactor | undefined }

/**
 * Whether something people are asked with may be deleted, and what becomes of the default. A number that somebody signs in with and is asked
 * with by default stays, so that nobody loses both by one slip of the hand; the last thing there is can always go.
 */
export function deletionOf({ chosen, usable, leaving, isSignInName, deletion, agrees }: DeletionFacts): Deletion {
  const present = defaultMethod(chosen, usable)
  if (present === undefined || !leaving.has(present)) return { kind: 'free' }
  const next = defaultMethod(undefined, usable.difference(leaving))
  const moves: Deletion = { kind: 'moves', from: present, to: next }
  if (next === undefined || deletion === 'reassign') return moves
  if (deletion === 'strict' || isSignInName) return { kind: 'refused' }
  return agrees ? moves : { kind: 'refused' }
}
