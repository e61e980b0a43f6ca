import type { Session } from 'oidc-provider'
import { strongProofMaxAgeHours } from '#server/domain/administer.ts'
import { demandsStrongProof } from '#server/domain/web-app.ts'
import type { System } from '#server/system.ts'

/** How long an app that gives power stays open: a quarter of an hour that nobody uses it, and no longer than two factors count. */
export const powerIdleSeconds = 15 * 60
const powerAbsoluteSeconds = strongProofMaxAgeHours * 3_600

/** How long a refresh token of such an app lives; undefined for every other app. */
export function powerSeconds(clientId: string | undefined, provenAtSeconds: number | undefined, now: Date): number | undefined {
  if (!demandsStrongProof(clientId ?? '')) return undefined
  const left = (provenAtSeconds ?? 0) + powerAbsoluteSeconds - Math.floor(now.getTime() / 1000)
  return Math.max(1, Math.min(powerIdleSeconds, left))
}

/**
 * Whether nobody has used this app in this session for so long that whoever sits there has to show that it is them. A tab that is in use, or was
 * a moment ago, holds a refresh token that has not run out.
 */
export async function isIdle(
  { oidcRecords, now }: Pick<System, 'oidcRecords' | 'now'>,
  session: Session | undefined,
  clientId: string,
): Promise<boolean> {
  if (!session?.accountId || !demandsStrongProof(clientId)) return false
  const provenAt = (session.authTime() ?? 0) * 1000
  if (now().getTime() - provenAt <= powerIdleSeconds * 1000) return false
  const grantId = session.grantIdFor(clientId)
  return grantId === undefined || !(await oidcRecords.hasLivingUnder(grantId, 'RefreshToken', now()))
}
