import type { SignInBody } from '#contract/graph/sign-ins.ts'
import type { Locale } from '#contract/locale.ts'
import { deviceOf } from '#server/domain/device.ts'
import type { RecordedSignIn, SignInStep } from '#server/domain/sign-in-event.ts'
import { isSignInResultCode } from '#server/domain/sign-in-results.ts'
import { message } from '#server/locale.ts'
import { reasons, stepResults } from './words.ts'

/** A row of the log in Graph's words. What we do not know is null, and nothing is guessed from the address. */
export function presentSignIn(signIn: RecordedSignIn, organizationId: string, locale: Locale): SignInBody {
  const { steps, isInteractive, result, userId } = signIn
  // Nobody's session or token answered, so it was the app for itself.
  const isOfApp = !isInteractive && userId === undefined
  const methods = steps.filter(({ succeeded }) => succeeded).map(({ method }) => method)
  return {
    id: signIn.id,
    createdDateTime: signIn.startedAt.toISOString(),
    userDisplayName: signIn.userDisplayName ?? null,
    userPrincipalName: signIn.userPrincipalName ?? null,
    userId: userId ?? '',
    appId: signIn.appId,
    appDisplayName: signIn.appDisplayName,
    ipAddress: signIn.address,
    clientAppUsed: isInteractive && signIn.protocol !== 'deviceCode' ? 'Browser' : 'Mobile Apps and Desktop clients',
    correlationId: signIn.correlationId,
    isInteractive,
    resourceTenantId: organizationId,
    homeTenantId: organizationId,
    status: { errorCode: result, failureReason: reasonOf(result, locale), additionalDetails: null },
    deviceDetail: { ...deviceOf(signIn.userAgent), deviceId: null, displayName: null, isCompliant: null, isManaged: null, trustType: null },
    userAgent: signIn.userAgent,
    ...notAssessed,
    servicePrincipalName: isOfApp ? signIn.appDisplayName : null,
    authenticationDetails: steps.map((step) => presentStep(step, locale)),
    authenticationMethodsUsed: [...new Set(methods)],
    authenticationProtocol: signIn.protocol,
    authenticationRequirement: signIn.requirement,
    incomingTokenType:
      methods.includes('Previously satisfied') && steps.some((step) => step.result === 'heldByToken') ? 'refreshToken' : 'none',
    sessionId: signIn.sessionId ?? null,
    signInEventTypes: [isOfApp ? 'servicePrincipal' : isInteractive ? 'interactiveUser' : 'nonInteractiveUser'],
    signInIdentifier: isOfApp ? null : signIn.identifierMasked,
    signInIdentifierType: isOfApp ? null : signIn.identifierType,
  }
}

const notAssessed = {
  conditionalAccessStatus: 'notApplied',
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
  riskEventTypes: [],
  riskEventTypes_v2: [],
  resourceDisplayName: null,
  resourceId: null,
  servicePrincipalId: null,
  location: { city: null, state: null, countryOrRegion: null, geoCoordinates: null },
  appliedConditionalAccessPolicies: [],
  authenticationAppDeviceDetails: null,
} satisfies Partial<SignInBody>

function presentStep(step: SignInStep, locale: Locale): SignInBody['authenticationDetails'][number] {
  return {
    authenticationMethod: step.method,
    authenticationMethodDetail: step.detail ?? null,
    authenticationStepDateTime: step.at.toISOString(),
    authenticationStepRequirement: step.requirement,
    authenticationStepResultDetail: message(locale, stepResults[step.result]),
    succeeded: step.succeeded,
  }
}

/** In a sentence, why nobody was signed in; nothing where somebody was. */
export function reasonOf(result: number, locale: Locale): string | null {
  if (result === 0) return null
  return message(locale, isSignInResultCode(result) && result !== 0 ? reasons[result] : 'features.sign-in-log.result.unknown')
}
