import type { Configuration } from 'oidc-provider'
import { demandsStrongProof } from '#server/domain/web-app.ts'
import type { System } from '#server/system.ts'
import { powerIdleSeconds, powerSeconds } from './power-life.ts'
import { sessionSeconds } from './session-life.ts'

export const accessTokenSeconds = 30 * 60
const interactionSeconds = 15 * 60
const refreshIdleSeconds = 14 * 86_400
const refreshAbsoluteSeconds = 90 * 86_400
/** Whoever was tricked into signing somebody else's device in has done so for a day, not for months. */
const deviceAbsoluteSeconds = 86_400

/** How long whatever a provider hands out or remembers is good for. */
export function lives(system: () => System): NonNullable<Configuration['ttl']> {
  return {
    AccessToken: (_context, token, client) =>
      demandsStrongProof(client.clientId) ? powerIdleSeconds : (token.resourceServer?.accessTokenTTL ?? accessTokenSeconds),
    AuthorizationCode: 60,
    ClientCredentials: accessTokenSeconds,
    DeviceCode: 600,
    Grant: refreshAbsoluteSeconds,
    IdToken: 600,
    Interaction: interactionSeconds,
    RefreshToken: (_context, token, client) =>
      powerSeconds(client.clientId, token.authTime, system().now()) ??
      refreshSeconds(token.iiat, token.gty?.startsWith('device_code') ? deviceAbsoluteSeconds : refreshAbsoluteSeconds),
    Session: (_context, session) => sessionSeconds(session, system().now()),
  }
}

/** Idle for two weeks ends it, and so does its whole time whatever happens. */
function refreshSeconds(firstIssuedAt: number | undefined, absoluteSeconds: number): number {
  const now = Math.floor(Date.now() / 1000)
  return Math.max(1, Math.min(refreshIdleSeconds, (firstIssuedAt ?? now) + absoluteSeconds - now))
}
