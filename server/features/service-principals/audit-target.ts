import type { ServicePrincipal } from '#server/domain/app.ts'
import type { AuditTarget } from '#server/domain/audit-event.ts'

type Changed = NonNullable<AuditTarget['changed']>

export function servicePrincipalTarget(
  { id, displayName }: Pick<ServicePrincipal, 'id' | 'displayName'>,
  changed: Changed = [],
): AuditTarget {
  return { id, kind: 'ServicePrincipal', displayName, changed }
}
