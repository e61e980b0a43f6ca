import type { Client } from 'oidc-provider'
import type { HeldSession } from '#server/domain/session.ts'
import type { Providers } from './providers.ts'

/** The library has it for its own sign-out page, and its types leave it out. */
type Listening = Client & { backchannelLogout(userId: string, sid: string): Promise<void> }

/** Tells the apps that asked for it that somebody is signed out (OpenID Connect Back-Channel Logout). One that does not answer keeps nobody signed in. */
export async function tellApps(providers: Providers, tenantId: string, sessions: readonly HeldSession[]): Promise<void> {
  const made = await providers.of(tenantId)
  if (!made) return
  const told = sessions.flatMap(({ userId, apps }) =>
    apps.map(async ({ appId, sid }) => {
      const client = await made.provider.Client.find(appId)
      if (sid !== undefined && client?.backchannelLogoutUri && isListening(client)) await client.backchannelLogout(userId, sid)
    }),
  )
  await Promise.allSettled(told)
}

function isListening(client: Client): client is Listening {
  return 'backchannelLogout' in client && typeof client.backchannelLogout === 'function'
}
