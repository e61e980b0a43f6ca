import type { Browser } from '#server/domain/code-challenge.ts'
import type { SessionProof } from '#server/domain/interaction.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { System } from '#server/system.ts'
import { conclude, isStillHeld, type Moment } from './conclude.ts'
import { waitingFor } from './rules.ts'

export interface Resuming {
  moment: Moment
  browser: Browser
  userAgent: string
  requestId: string
}

/**
 * Somebody who is signed in comes to an app that wants more: what their session proves counts, and only what is missing is asked. The sign-in is
 * as old as the session, so half of it cannot be kept young by the other half. False when the session counts no more.
 */
export async function resumeSession(
  system: Pick<System, 'inTransaction'>,
  pending: PendingInteraction,
  session: SessionProof,
  { moment, browser, userAgent, requestId }: Resuming,
): Promise<boolean> {
  const { appId, appName, isDeviceCode } = pending.view
  const { now } = moment
  return system.inTransaction(async (stores) => {
    const user = await stores.users.find(session.userId)
    if (!user || !(await isStillHeld(stores, session))) return false
    const attemptId = stores.signIns.newId(now)
    const due = await conclude(stores, pending, { ...session, attemptId }, moment)
    const { id: userId, displayName: userDisplayName, userPrincipalName } = user
    const attempt = {
      id: attemptId,
      startedAt: now,
      correlationId: requestId,
      userId,
      userDisplayName,
      userPrincipalName,
      appId,
      appDisplayName: appName,
      identifier: userPrincipalName,
      identifierType: 'userPrincipalName',
      address: browser.address,
      userAgent,
      protocol: isDeviceCode ? 'deviceCode' : 'oAuth2',
      isInteractive: true,
      result: due ? waitingFor[due] : 0,
    } as const
    const step = { at: now, method: 'Previously satisfied', detail: undefined, succeeded: true, result: 'heldBySession' } as const
    await stores.signIns.add(attempt, [{ ...step, requirement: 'Primary authentication' }])
    return true
  })
}
