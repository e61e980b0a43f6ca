import type { System } from '#server/system.ts'

interface Serving {
  /** Where nothing of the protocol stands there is none. */
  [name: string]: unknown
  oidc?: { session?: { destroyed?: unknown; authorizations?: unknown } }
}

/**
 * What apps were given in a session ends with it when the person signs out, refresh tokens too: the next one at a shared phone must find
 * nothing. The library would keep what was given for offline use.
 */
export async function endGrantsOf({ oidc }: Serving, { inTransaction }: Pick<System, 'inTransaction'>): Promise<void> {
  const { destroyed, authorizations } = oidc?.session ?? {}
  if (destroyed !== true || typeof authorizations !== 'object' || authorizations === null) return
  const grants = Object.values(authorizations).flatMap((given: unknown) =>
    typeof given === 'object' && given !== null && 'grantId' in given && typeof given.grantId === 'string' ? [given.grantId] : [],
  )
  await inTransaction(async ({ oidcRecords }) => {
    for (const grantId of grants) await oidcRecords.removeGrant(grantId)
  })
}
