import type { SignInOutcome } from '#contract/sign-in-log.ts'

/**
 * How an attempt to sign in ended, by the numbers Microsoft Entra ID gives in its log and in `error_codes`; the symbols are Entra's too.
 * An attempt that nobody finished keeps the number of what it was waiting for.
 */
export const signInResults = {
  0: 'Success',
  16000: 'InteractionRequired',
  50011: 'InvalidReplyTo',
  50034: 'UserAccountNotFound',
  50053: 'IdsLocked',
  50055: 'InvalidPasswordExpiredPassword',
  50056: 'InvalidOrNullPassword',
  50057: 'UserDisabled',
  50058: 'UserInformationNotProvided',
  50072: 'UserStrongAuthEnrollmentRequiredInterrupt',
  50074: 'UserStrongAuthClientAuthNRequiredInterrupt',
  50076: 'UserStrongAuthClientAuthNRequired',
  50078: 'UserStrongAuthExpired',
  50079: 'UserStrongAuthEnrollmentRequired',
  50086: 'SasNonRetryableError',
  50087: 'SasRetryableError',
  50088: 'TelecomLimitReached',
  50089: 'FlowTokenExpired',
  50105: 'EntitlementGrantsNotFound',
  50126: 'InvalidUserNameOrPassword',
  50132: 'SsoArtifactInvalidOrExpired',
  50133: 'SsoArtifactRevoked',
  50140: 'KmsiInterrupt',
  50144: 'InvalidPasswordExpiredOnPremPassword',
  50173: 'FreshTokenNeeded',
  50199: 'CmsiInterrupt',
  53003: 'BlockedByConditionalAccess',
  54005: 'OAuth2AuthorizationCodeAlreadyRedeemed',
  65001: 'DelegationDoesNotExist',
  65004: 'UserDeclinedConsent',
  70000: 'InvalidGrant',
  70008: 'ExpiredOrRevokedGrant',
  70011: 'InvalidScope',
  70016: 'AuthorizationPending',
  70018: 'BadVerificationCode',
  70019: 'CodeExpired',
  70043: 'BadTokenDueToSignInFrequency',
  90014: 'MissingRequiredField',
  90072: 'PassThroughUserMfaError',
  90119: 'InvalidUserCode',
  130502: 'AccessPassBlockedByPolicy',
  130503: 'InvalidAccessPass',
  130504: 'AccessPassExpired',
  130505: 'AccessPassAlreadyUsed',
  500011: 'InvalidResourceServicePrincipalNotFound',
  500121: 'AuthenticationFailedDuringStrongAuthenticationRequest',
  700016: 'UnauthorizedClientApplicationNotFound',
  700082: 'ExpiredOrRevokedGrantInactiveToken',
  7000215: 'InvalidClientSecretProvided',
  7000218: 'RequestBodyMustContainClientAssertionOrSecret',
  7000222: 'InvalidClientSecretExpiredKeysProvided',
} as const

export type SignInResultCode = keyof typeof signInResults

export function isSignInResultCode(code: number): code is SignInResultCode {
  return code in signInResults
}

/** What an attempt still waited for: the person, never the server, decides whether it goes on. */
const waiting: readonly SignInResultCode[] = [16000, 50058, 50072, 50074, 50076, 50079, 50140, 50199, 70016]

export function outcomeOf(code: number): SignInOutcome {
  if (code === 0) return 'success'
  return waiting.some((each) => each === code) ? 'interrupted' : 'failure'
}

/** The codes of those that came to nothing because nobody went on. */
export const interruptedCodes: readonly number[] = waiting
