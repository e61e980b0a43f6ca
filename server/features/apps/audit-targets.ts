import type { App } from '#server/domain/app.ts'
import type { AuditTarget } from '#server/domain/audit-event.ts'

type Changed = NonNullable<AuditTarget['changed']>

export function appTarget({ id, displayName }: Pick<App, 'id' | 'displayName'>, changed: Changed = []): AuditTarget {
  return { id, kind: 'Application', displayName, changed }
}

/** What an app is set to, in texts a person can read in the log. */
export function readable({ redirectUris, requiredScopes, requiredRoles, ...rest }: Partial<App>): object {
  return {
    ...rest,
    ...(redirectUris && {
      'web.redirectUris': redirectUris.web.join(' '),
      'spa.redirectUris': redirectUris.spa.join(' '),
      'publicClient.redirectUris': redirectUris.publicClient.join(' '),
    }),
    ...(requiredScopes && { requiredScopes: requiredScopes.join(' ') }),
    ...(requiredRoles && { requiredRoles: requiredRoles.join(' ') }),
  }
}
