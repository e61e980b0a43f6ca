import { randomUUID } from 'node:crypto'
import type { App } from '#server/domain/app.ts'
import { openidScopes } from '#server/domain/app-rules.ts'
import type { Author } from '#server/domain/caller.ts'
import type { Installation } from '#server/system.ts'
import { domain } from './evaluation-people.ts'

/** The same in every evaluation, so that the app finds itself again. */
export const sampleAppId = '7a3c0f6e-5d1b-4c8a-9e24-60b1f0d27e11'

const author: Author = { author: { kind: 'server', name: 'evaluate' }, requestId: randomUUID() }

/** A relying party without a secret: what it proves is that the code comes back to where it was asked for, by PKCE. */
export function sampleApp(publicUrl: string, now: Date): App {
  return {
    id: randomUUID(),
    appId: sampleAppId,
    displayName: 'Try it',
    description: 'Shows who signed in, and with what',
    audience: 'AzureADMyOrg',
    redirectUris: redirectUrisAt(publicUrl),
    homePageUrl: `${publicUrl}/try`,
    logoutUrl: undefined,
    backChannelLogoutUri: undefined,
    isFallbackPublicClient: false,
    idTokenAlgorithm: 'ES256',
    requiredScopes: ['User.Read'],
    requiredRoles: [],
    secrets: [],
    keys: [],
    createdAt: now,
  }
}

/** Registers the sample app and consents to it; when it is there already, sees to it that it is where this server is now. */
export async function keepSampleApp(installation: Installation): Promise<void> {
  const { publicUrl, now } = installation.parts
  const tenantId = await installation.tenants.findIdByDomain(domain)
  const system = tenantId === undefined ? undefined : await installation.systemOf(tenantId)
  await system?.inTransaction(async ({ apps, audit }) => {
    const known = await apps.findByAppId(sampleAppId)
    const redirectUris = redirectUrisAt(publicUrl)
    if (JSON.stringify(known?.redirectUris) === JSON.stringify(redirectUris)) return
    const app = known ?? sampleApp(publicUrl, now())
    if (known) await apps.change(known.id, { redirectUris, homePageUrl: `${publicUrl}/try` })
    else await apps.addConsent({ servicePrincipalId: await apps.add(app, now()), scopes: [...openidScopes, 'User.Read'] }, now())
    const target = { id: app.id, kind: 'Application', displayName: app.displayName } as const
    const event = known
      ? ({ activity: 'Update application', operation: 'Update' } as const)
      : ({ activity: 'Add application', operation: 'Add' } as const)
    await audit.record(author, { ...event, category: 'ApplicationManagement', targets: [target] }, now())
  })
}

/** On the platform of apps in a browser, which keep no secret. */
function redirectUrisAt(publicUrl: string): App['redirectUris'] {
  return { web: [], spa: [`${publicUrl}/try/callback`], publicClient: [] }
}
