import { sessionCookieName } from '#server/domain/interaction.ts'
import { readCookie } from '#server/http/cookies.ts'
import type { EndEverywhere } from '#server/http/openid.ts'
import type { Interactions } from '#server/oidc/interactions.ts'
import type { Installation } from '#server/system.ts'
import { endEverywhere } from '../end-everywhere.ts'

/** For the button "on every device" of the protocol's own page. A form with another secret ends nothing; the protocol refuses it. */
export function endingEverywhere(installation: Installation, interactions: Interactions): EndEverywhere {
  return async (tenantId, secret, request) => {
    const system = await installation.systemOf(tenantId)
    const sessionId = readCookie(request, sessionCookieName(tenantId))
    const userId = sessionId === undefined ? undefined : await interactions.ownerOf(tenantId, sessionId, secret)
    if (system && userId) await endEverywhere(system, userId, { id: request.id, address: request.ip })
  }
}
