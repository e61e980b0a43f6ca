import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { demandsStrongProof } from '#server/domain/web-app.ts'
import type { System } from '#server/system.ts'
import { powerIdleSeconds, powerSeconds } from './power-life.ts'
import { stateOf } from './request-state.ts'
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
    AccessToken: (context, token, client) => {
      const usual = token.resourceServer?.accessTokenTTL ?? accessTokenSeconds
      return capped(context, demandsStrongProof(client.clientId) ? powerIdleSeconds : usual)
    },
    AuthorizationCode: 60,
    ClientCredentials: accessTokenSeconds,
    DeviceCode: 600,
    Grant: refreshAbsoluteSeconds,
    IdToken: (context) => capped(context, 600),
    Interaction: interactionSeconds,
    RefreshToken: (context, token, client) => {
      const absoluteSeconds = token.gty?.startsWith('device_code') ? deviceAbsoluteSeconds : refreshAbsoluteSeconds
      return capped(context, powerSeconds(client.clientId, token.authTime, system().now()) ?? refreshSeconds(token.iiat, absoluteSeconds))
    },
    Session: (context, session) => capped(context, sessionSeconds(session, system().now())),
  }
}

/** No longer than what opened it. */
function capped(context: KoaContextWithOIDC, seconds: number, now = new Date()): number {
  const { endsAt } = stateOf(context)
  return endsAt ? Math.max(1, Math.min(seconds, Math.floor((endsAt.getTime() - now.getTime()) / 1000))) : seconds
}

/** Idle for two weeks ends it, and so does its whole time whatever happens. */
function refreshSeconds(firstIssuedAt: number | undefined, absoluteSeconds: number): number {
  const now = Math.floor(Date.now() / 1000)
  return Math.max(1, Math.min(refreshIdleSeconds, (firstIssuedAt ?? now) + absoluteSeconds - now))
}
