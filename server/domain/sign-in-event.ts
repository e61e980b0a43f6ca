import type { SignInMethod } from '#contract/sign-in-log.ts'
import type { SignInResultCode } from './sign-in-results.ts'

export type { SignInMethod } from '#contract/sign-in-log.ts'

/** What somebody said they are, before anything is proven. */
export type IdentifierType = 'phoneNumber' | 'userPrincipalName'

/** Somebody says who they are, or an app comes back with what it was given earlier. */
export interface SignInAttempt {
  id: string
  startedAt: Date
  /** The request that began the flow: what an error page shows and an administrator looks for. */
  correlationId: string
  /** Undefined when nobody has this identifier; the row is written all the same. */
  userId: string | undefined
  userDisplayName: string | undefined
  userPrincipalName: string | undefined
  appId: string
  appDisplayName: string
  /** As typed: it may be a number, or a password in the wrong field. Kept sealed; everybody is shown `maskIdentifier` of it. */
  identifier: string
  identifierType: IdentifierType
  address: string
  userAgent: string
  protocol: SignInProtocol
  /** False when a session or a token that was there already answered for the person. */
  isInteractive: boolean
  /** Until the attempt ends: what it waits for. */
  result: SignInResultCode
}

export type SignInProtocol = 'none' | 'oAuth2' | 'deviceCode'

/** One proof that was asked for, and how it went. */
export interface SignInStep {
  at: Date
  method: SignInMethod
  /** Where a code went, masked, or what the method calls itself; undefined when there is nothing to tell. */
  detail: string | undefined
  succeeded: boolean
  result: SignInStepResult
  requirement: 'Primary authentication' | 'Secondary authentication'
}

export type SignInStepResult =
  | 'codeSent'
  | 'codeNotSent'
  | 'correctCode'
  | 'wrongCode'
  | 'codeExpired'
  | 'tooManyTries'
  | 'correctPassword'
  | 'wrongPassword'
  | 'correctPass'
  | 'wrongPass'
  | 'passNotUsable'
  | 'approved'
  | 'denied'
  | 'heldBySession'
  | 'heldByToken'

/** What is known only when an attempt ends. */
export interface SignInEnd {
  step?: SignInStep
  sessionId?: string
  requirement?: SignInRequirement
}

export type SignInRequirement = 'singleFactorAuthentication' | 'multiFactorAuthentication'

/** One row of the log. */
export interface RecordedSignIn extends Omit<SignInAttempt, 'identifier' | 'result'> {
  identifierMasked: string
  /** A newer server may have written a code this one has no words for. */
  result: number
  sessionId: string | undefined
  /** When its person said that it was not them. */
  reportedAt: Date | undefined
  requirement: SignInRequirement
  steps: readonly SignInStep[]
}

const shownMax = 64
const tooShortToShow = 6
const hiddenWhole = '***'
const looksLikeNumber = /^(?:tel:)?[\p{Nd}\s()+./-]+$/iu

/**
 * Recognisable for whoever knows it already: the last two digits of a number, the domain of a name. What is neither a number nor
 * anybody's name is hidden whole, since it may be a password in the wrong field.
 */
export function maskIdentifier({ identifier, identifierType, userId }: MaskedOf): string {
  const text = identifier.trim().slice(0, shownMax)
  if (identifierType === 'userPrincipalName') {
    const at = text.lastIndexOf('@')
    return userId === undefined || at < 1 ? hiddenWhole : `${text.slice(0, 1)}${hiddenWhole}${text.slice(at)}`
  }
  if (!looksLikeNumber.test(text)) return hiddenWhole
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0
  let hidden = digits < tooShortToShow ? digits : digits - 2
  return text.replace(/\p{Nd}/gu, (digit) => (hidden-- > 0 ? 'X' : digit))
}

type MaskedOf = Pick<SignInAttempt, 'identifier' | 'identifierType' | 'userId'>
