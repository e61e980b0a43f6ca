import type { ApplicationChangesBody } from '#contract/graph/applications.ts'
import { mayUseRole, roleGivers } from '#server/domain/administer.ts'
import type { App, AppChanges, Client } from '#server/domain/app.ts'
import { getPermission, type PermissionKind, sesamApi } from '#server/domain/app-permissions.ts'
import {
  isLiving,
  isMighty,
  livingSecretsMax,
  monthsLater,
  type Platform,
  redirectUriFault,
  redirectUriLengthMax,
  secretLifeMonthsMax,
} from '#server/domain/app-rules.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'

/** What an app without any settings is: kept to its organisation, with no address to send anybody to. */
export const plainApp = {
  description: undefined,
  audience: 'AzureADMyOrg',
  redirectUris: { web: [], spa: [], publicClient: [] },
  homePageUrl: undefined,
  logoutUrl: undefined,
  backChannelLogoutUri: undefined,
  isFallbackPublicClient: false,
  idTokenAlgorithm: 'ES256',
  requiredScopes: [],
  requiredRoles: [],
  secrets: [],
  keys: [],
} as const satisfies Partial<App>

export type SettingsBody = Omit<ApplicationChangesBody, 'keyCredentials'>

/** The changes a body asks for. Of a platform only what is named changes, as Graph does it. */
export function wantedChanges(body: SettingsBody, before: Pick<App, 'redirectUris'>): AppChanges {
  const { displayName, description, signInAudience, web, spa, publicClient, isFallbackPublicClient, tokenSigningAlgorithm } = body
  const redirectUris = {
    web: web?.redirectUris ?? before.redirectUris.web,
    spa: spa?.redirectUris ?? before.redirectUris.spa,
    publicClient: publicClient?.redirectUris ?? before.redirectUris.publicClient,
  }
  const hasUris = web?.redirectUris ?? spa?.redirectUris ?? publicClient?.redirectUris
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description: description ?? undefined }),
    ...(signInAudience !== undefined && { audience: signInAudience }),
    ...(hasUris && { redirectUris }),
    ...(web?.homePageUrl !== undefined && { homePageUrl: web.homePageUrl ?? undefined }),
    ...(web?.logoutUrl !== undefined && { logoutUrl: web.logoutUrl ?? undefined }),
    ...(web?.backChannelLogoutUri !== undefined && { backChannelLogoutUri: web.backChannelLogoutUri ?? undefined }),
    ...(isFallbackPublicClient !== undefined && { isFallbackPublicClient: isFallbackPublicClient ?? false }),
    ...(tokenSigningAlgorithm !== undefined && { idTokenAlgorithm: tokenSigningAlgorithm }),
    ...(body.requiredResourceAccess && wantedPermissions(body.requiredResourceAccess)),
  }
}

function wantedPermissions(resources: NonNullable<SettingsBody['requiredResourceAccess']>) {
  const names: Record<PermissionKind, Set<string>> = { Scope: new Set(), Role: new Set() }
  for (const { resourceAppId, resourceAccess } of resources) {
    if (resourceAppId !== sesamApi.appId) refuse('resource_unknown', { id: resourceAppId, known: sesamApi.appId })
    for (const { id, type } of resourceAccess) names[type].add(getPermission(type, id, 'requiredResourceAccess'))
  }
  return { requiredScopes: [...names.Scope], requiredRoles: [...names.Role] }
}

export function requireGoodAddresses({ redirectUris, homePageUrl, logoutUrl, backChannelLogoutUri }: AppChanges): void {
  const platforms: readonly Platform[] = ['web', 'spa', 'publicClient']
  for (const platform of platforms)
    for (const uri of redirectUris?.[platform] ?? []) requireGoodAddress(uri, platform, `${platform}/redirectUris`)
  for (const [name, uri] of Object.entries({ homePageUrl, logoutUrl, backChannelLogoutUri }))
    if (uri !== undefined) requireGoodAddress(uri, 'web', `web/${name}`)
}

function requireGoodAddress(uri: string, platform: Platform, property: string): void {
  const fault = redirectUriFault(uri, platform)
  if (fault === 'redirect_uri_too_long') refuse(fault, { property, limit: String(redirectUriLengthMax) })
  if (fault) refuse(fault, { property, uri: printable(uri) })
}

/** It comes back in a sentence and in logs of others, where line breaks and their like would do harm. */
function printable(uri: string): string {
  return uri.replace(/[^\x21-\x7e]/g, '?')
}

/** What decides who can pass for the app: its addresses, its keys and whether it must prove itself at all. */
export function changesWhoItIs(changes: AppChanges): boolean {
  return changes.redirectUris !== undefined || changes.isFallbackPublicClient !== undefined || changes.backChannelLogoutUri !== undefined
}

/**
 * Nobody lends themselves power by way of an app that has more of it than they. What it may do in other organisations is not counted: they
 * trusted whoever manages it here when they let it in.
 */
export function requireMayBecome(caller: Caller, client: Client | undefined, now: Date): void {
  if (client === undefined || !isMighty(client)) return
  const decision = mayUseRole(caller, roleGivers, now)
  if (!decision.allowed && decision.because === 'role_missing') refuse('app_protected', { roles: roleGivers.join(', ') })
  allowedBy(decision)
}

export interface WantedSecret {
  displayName: string | undefined
  startsAt: Date | undefined
  endsAt: Date | undefined
}

export function secretLife({ startsAt, endsAt }: WantedSecret, now: Date): { startsAt: Date; endsAt: Date } {
  const latest = monthsLater(now, secretLifeMonthsMax)
  const life = { startsAt: startsAt ?? now, endsAt: endsAt ?? latest }
  const isGood = life.startsAt < life.endsAt && now < life.endsAt && life.endsAt <= latest
  return isGood ? life : refuse('app_secret_life', { limit: String(secretLifeMonthsMax) })
}

/** Those that have ended make room; one that has not begun yet does not. */
export function requireRoomForSecret({ secrets }: Pick<App, 'secrets'>, now: Date): void {
  const good = secrets.filter(({ startsAt, endsAt }) => isLiving({ startsAt, endsAt }, now) || startsAt > now)
  if (good.length >= livingSecretsMax) refuse('app_secrets_full', { limit: String(livingSecretsMax) })
}
