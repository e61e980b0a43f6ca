import type { PhoneNumber } from './phone-number.ts'

export const phoneTypes = ['mobile', 'alternateMobile', 'office'] as const

export type PhoneType = (typeof phoneTypes)[number]

/** Whether the number should be a way to sign in: nobody ever tried, it was wanted (and is one unless another person has it), or switched off. */
export type SignInWish = 'never tried' | 'wanted' | 'off'

/** A number a person can be reached at. Each person has at most one of a type. */
export interface Phone {
  userId: string
  type: PhoneType
  number: PhoneNumber
  /** What is dialled behind it; only an office has one. */
  extension?: string | undefined
  /** It names this person, and nobody else in the tenant, when typed at sign-in. */
  isSignInName: boolean
  signInWish: SignInWish
  /** A call proved it and no text did: it is called, and texts wait until one has proven it too. */
  isVoiceOnly: boolean
  /** When a code sent to it came back, or the right key was pressed. */
  provenAt: Date | undefined
  usedAt: Date | undefined
  /** When somebody who may say so last said that it is this person's. */
  confirmedAt: Date | undefined
  /** Since when this number stands here. */
  createdAt: Date
}

export type NewPhone = Pick<Phone, 'userId' | 'type' | 'number' | 'extension' | 'isSignInName' | 'signInWish'> & {
  isVoiceOnly?: boolean
  provenAt?: Date | undefined
}

export interface PhoneChanges {
  number?: PhoneNumber
  extension?: string | undefined
  signInWish?: SignInWish
  /** It is wanted as a name that somebody else has, so it stands here without naming anybody. */
  waitsForName?: boolean
  isVoiceOnly?: boolean
  provenAt?: Date
  confirmedAt?: Date
}

/** Whom a number names at sign-in, with what decides whether it may. */
export interface SignInHolder extends Omit<Phone, 'userId' | 'signInWish' | 'isSignInName' | 'isVoiceOnly'> {
  user: {
    id: string
    displayName: string
    userPrincipalName: string
    preferredLanguage: string | undefined
    accountEnabled: boolean
    userType: 'Member' | 'Guest'
  }
}
