import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { callerAddress } from '#server/domain/budget.ts'
import { recordName } from '#server/domain/session.ts'
import type { SignInProtocol, SignInStep } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { Stores, System } from '#server/system.ts'
import { unobtainable } from './prompts.ts'
import { requestIdOf } from './protocol-pages.ts'
import { stateOf } from './request-state.ts'

/** An app that asked for somebody, and was answered without them being asked for anything; or that asked for itself. */
export interface SilentSignIn {
  userId: string | undefined
  heldBy: 'session' | 'token' | 'app'
  /** What the app was told instead of yes. */
  error: string | undefined
  appId: string
  appName: string
  address: string
  userAgent: string
  requestId: string
  protocol: SignInProtocol
  hasTwoFactors: boolean
  sessionName: string | undefined
}

const askedOnPages: ReadonlySet<string> = new Set(['resume', 'device_resume'])

const failedAppsKept = { count: 20, perMs: 10 * 60_000 }

const results: Readonly<Record<string, SignInResultCode>> = {
  access_denied: 53003,
  consent_required: 65001,
  interaction_required: 50076,
  invalid_client: 7000215,
  invalid_scope: 70011,
  invalid_target: 500011,
  login_required: 50058,
  unauthorized_client: 700016,
  unmet_authentication_requirements: 50074,
}

/**
 * Has every silent answer about a known person or app written down, good or bad. It goes into the transaction in which the request's other
 * writes are kept, so nothing is answered that the log does not know. Who signs in on our pages is written down there, and what concerns
 * nobody is not written at all: strangers could fill the log with it.
 */
export function writeDownSilentSignIns(provider: Provider): void {
  provider.on('authorization.success', (context) => {
    if (!askedOnPages.has(String(context.oidc.route))) note(context, 'session', undefined)
  })
  provider.on('authorization.error', (context, { error }: { error?: unknown }) => {
    if (!askedOnPages.has(String(context.oidc.route))) note(context, 'session', String(error))
  })
  // Only now it is settled which session came of what was proven on our pages.
  provider.on('authorization.accepted', (context) => {
    const { result, session } = context.oidc
    const attemptId = result?.login?.['attemptId']
    if (typeof attemptId === 'string' && session) stateOf(context).proven.push({ attemptId, sessionName: recordName(session.uid) })
  })
  provider.on('interaction.started', (context, { reasons }) => {
    // Somebody is signed in, only not as strongly as the app wants, and never will be.
    if (reasons.includes(unobtainable)) note(context, 'session', 'unmet_authentication_requirements')
  })
  provider.on('grant.success', (context) => {
    const { grant_type: grant } = context.oidc.params ?? {}
    if (grant === 'refresh_token') note(context, 'token', undefined)
    if (grant === 'client_credentials') note(context, 'app', undefined)
  })
  provider.on('grant.error', (context, { error }: { error?: unknown }) => {
    if (error === 'authorization_pending') return
    const isOfApp = error === 'invalid_client' || context.oidc.params?.grant_type === 'client_credentials'
    note(context, isOfApp ? 'app' : 'token', String(error))
  })
}

function note(context: KoaContextWithOIDC, heldBy: SilentSignIn['heldBy'], error: string | undefined): void {
  const { client, session, entities } = context.oidc ?? {}
  const grant = entities?.RefreshToken ?? entities?.AuthorizationCode ?? entities?.DeviceCode
  const held = heldBy === 'session' ? session : grant
  if (!client || (heldBy !== 'app' && !held?.accountId)) return
  const isByDevice = entities?.DeviceCode !== undefined || entities?.RefreshToken?.gty?.startsWith('device_code')
  stateOf(context).silent.push({
    userId: heldBy === 'app' ? undefined : held?.accountId,
    heldBy,
    error,
    appId: client.clientId,
    appName: client.clientName ?? '',
    address: context.ip,
    userAgent: context.get('user-agent'),
    requestId: requestIdOf(context),
    protocol: isByDevice ? 'deviceCode' : 'oAuth2',
    hasTwoFactors: held?.amr?.includes('mfa') ?? false,
    sessionName: nameOf(heldBy === 'session' ? session?.uid : grant?.sessionUid),
  })
}

function nameOf(uid: string | undefined): string | undefined {
  return uid === undefined ? undefined : recordName(uid)
}

/** Leaves out what anybody could have sent, where one address sends much of it: an app's id is no secret. */
export async function worthKeeping({ budgets, now }: Pick<System, 'budgets' | 'now'>, silent: readonly SilentSignIn[]) {
  const kept = silent.map(async (one) => {
    if (one.heldBy !== 'app' || one.error === undefined) return [one]
    const charge = { scope: 'failed app', value: callerAddress(one.address).address, limit: failedAppsKept, payer: 'caller' } as const
    return (await budgets.take([charge], now())).length === 0 ? [one] : []
  })
  return (await Promise.all(kept)).flat()
}

export async function addSilent(
  { signIns, authority }: Pick<Stores, 'signIns' | 'authority'>,
  silent: readonly SilentSignIn[],
  now: Date,
): Promise<void> {
  for (const { userId, heldBy, error, requestId, hasTwoFactors, sessionName, appName, ...seen } of silent) {
    const account = userId === undefined ? undefined : await authority.findAccount(userId)
    await signIns.add(
      {
        ...seen,
        id: signIns.newId(now),
        startedAt: now,
        correlationId: requestId,
        userId,
        userDisplayName: account?.displayName,
        userPrincipalName: account?.userPrincipalName,
        appDisplayName: appName,
        identifier: account?.userPrincipalName ?? '',
        identifierType: 'userPrincipalName',
        isInteractive: false,
        result: error === undefined ? 0 : resultOf(error, heldBy, account),
      },
      stepsOf(heldBy, error, now),
      {
        requirement: hasTwoFactors ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
        ...(sessionName !== undefined && { sessionId: sessionName }),
      },
    )
  }
}

function stepsOf(heldBy: SilentSignIn['heldBy'], error: string | undefined, at: Date): SignInStep[] {
  if (heldBy === 'app') return []
  const result = heldBy === 'session' ? 'heldBySession' : 'heldByToken'
  const succeeded = error === undefined
  return [{ at, method: 'Previously satisfied', detail: undefined, succeeded, result, requirement: 'Primary authentication' }]
}

/** What the account is now says more than the word the app was told, which is the same for all that ended. */
function resultOf(error: string, heldBy: SilentSignIn['heldBy'], account: { accountEnabled: boolean } | undefined): SignInResultCode {
  if (heldBy === 'app') return results[error] ?? 70000
  if (!account) return 50034
  if (!account.accountEnabled) return 50057
  return results[error] ?? (heldBy === 'session' ? 50132 : 50173)
}
