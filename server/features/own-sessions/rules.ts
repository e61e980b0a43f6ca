import type { AuditEvent } from '#server/domain/audit-event.ts'
import type { User } from '#server/domain/user.ts'

export function sessionsEndedEvent({ id, displayName, userPrincipalName }: User, count: number): AuditEvent {
  return {
    activity: 'User signed out of sessions',
    category: 'UserManagement',
    operation: 'Delete',
    targets: [{ id, kind: 'User', displayName, userPrincipalName }],
    details: { Sessions: String(count) },
  }
}
