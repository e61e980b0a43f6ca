/** Who may sign in to an app: the people of the organisation that registered it, or of any organisation here. */
export type AppAudience = 'AzureADMyOrg' | 'AzureADMultipleOrgs'

/** What an app proves itself with. Secrets are kept as hashes; a key is the public half only. */
export interface AppSecret {
  id: string
  displayName: string | undefined
  hint: string
  hash: string
  startsAt: Date
  endsAt: Date
}

export interface AppKey {
  id: string
  displayName: string | undefined
  /** A public JSON Web Key. */
  jwk: Readonly<Record<string, unknown>>
  startsAt: Date
  endsAt: Date
}

/** An app as the organisation that registered it knows it. */
export interface App {
  /** The object id in the directory; `appId` is the client id in the protocol. */
  id: string
  appId: string
  displayName: string
  description: string | undefined
  audience: AppAudience
  redirectUris: { web: readonly string[]; spa: readonly string[]; publicClient: readonly string[] }
  homePageUrl: string | undefined
  /** Where a browser may be sent after signing out, beside the redirect URIs. */
  logoutUrl: string | undefined
  /** Where we tell the app that a session ended. */
  backChannelLogoutUri: string | undefined
  /** No secret is asked of it, and it may use the device code flow. */
  isFallbackPublicClient: boolean
  idTokenAlgorithm: 'ES256' | 'RS256'
  /** Scopes and application permissions it says it needs of our API; consent is what it gets. */
  requiredScopes: readonly string[]
  requiredRoles: readonly string[]
  secrets: readonly AppSecret[]
  keys: readonly AppKey[]
  createdAt: Date
}

/** An app as one tenant lets it in: its registration, and what an administrator of this tenant has consented to. */
export interface Client {
  app: App
  servicePrincipalId: string
  isEnabled: boolean
  /** Delegated scopes of our API, consented for everybody in the tenant. */
  consentedScopes: ReadonlySet<string>
  /** Application permissions of our API, for tokens without a person. */
  consentedRoles: ReadonlySet<string>
}

/** What an app's maker tells everybody about it; how it proves itself is nobody else's business. */
export type AppFacts = Omit<App, 'secrets' | 'keys'>

/** What may be changed about an app; what it proves itself with has doors of its own. */
export type AppChanges = Partial<Omit<App, 'id' | 'appId' | 'secrets' | 'keys' | 'createdAt'>>

/** An app as one tenant's directory lists it, whether or not its registration still stands in the tenant that made it. */
export interface ServicePrincipal {
  id: string
  appId: string
  homeTenantId: string
  /** As it was when the tenant let the app in: a stranger's app cannot take another name behind its back. */
  displayName: string
  isEnabled: boolean
  createdAt: Date
}

/** Scopes of our API that an app has in the name of everybody, or of one person. */
export interface Consent {
  id: string
  servicePrincipalId: string
  personId: string | undefined
  scopes: readonly string[]
  createdAt: Date
}

/** An application permission of our API that an app has in its own name. */
export interface AppRoleAssignment {
  id: string
  servicePrincipalId: string
  role: string
  createdAt: Date
}

/** An app that calls our API in its own name, as the store knows it at this very moment. */
export interface AppAccount {
  servicePrincipalId: string
  appId: string
  displayName: string
  isEnabled: boolean
  roles: ReadonlySet<string>
}
