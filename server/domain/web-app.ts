import { signedInPath, signedOutPath, type WebApp, webApps } from '#contract/web-apps.ts'
import type { Client } from './app.ts'

const byId: ReadonlyMap<string, WebApp> = new Map(Object.values<WebApp>(webApps).map((app) => [app.appId, app]))

/** One of our own apps: its tokens are bound to a key, and no row of the store says anything about it. */
export function isWebApp(appId: string): boolean {
  return byId.has(appId.toLowerCase())
}

/** Whether whoever comes to this app has to have proven two factors, and not long ago. */
export function demandsStrongProof(appId: string): boolean {
  return byId.get(appId.toLowerCase())?.demandsStrongProof === true
}

/** One of our own apps as every organisation lets it in: consented to for exactly what it needs, without a secret, and only at our own address. */
export function findWebApp(appId: string, publicUrl: string): Client | undefined {
  const app = byId.get(appId.toLowerCase())
  return app && clientOf(app, publicUrl)
}

function clientOf({ appId, displayName, path, scopes }: WebApp, publicUrl: string): Client {
  const at = publicUrl + path
  return {
    app: {
      id: appId,
      appId,
      displayName,
      description: undefined,
      audience: 'AzureADMultipleOrgs',
      redirectUris: { web: [], spa: [at + signedInPath], publicClient: [] },
      homePageUrl: at,
      logoutUrl: at + signedOutPath,
      backChannelLogoutUri: undefined,
      isFallbackPublicClient: false,
      idTokenAlgorithm: 'ES256',
      requiredScopes: scopes,
      requiredRoles: [],
      secrets: [],
      keys: [],
      createdAt: new Date(0),
    },
    servicePrincipalId: appId,
    isEnabled: true,
    consentedScopes: new Set(scopes),
    consentedRoles: new Set(),
  }
}
