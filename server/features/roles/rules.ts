import type { AuditEvent } from '#server/domain/audit-event.ts'
import type { Member } from '#server/domain/directory-object.ts'
import { type RoleAssignment, scopeAddress } from '#server/domain/role-assignment.ts'
import { roleName } from '#server/domain/roles.ts'

/** What stands in the log when a role is given or taken: first who it happened to, then the role. */
export function assignmentEvent(
  change: 'given' | 'taken',
  { roleId, principalId, principalKind, scope }: RoleAssignment,
  principal: Member | undefined,
): AuditEvent {
  const isGiven = change === 'given'
  const name = roleName(roleId) ?? null
  const member = scope.kind === 'tenant' ? 'member' : 'scoped member'
  return {
    activity: isGiven ? `Add ${member} to role` : `Remove ${member} from role`,
    category: 'RoleManagement',
    operation: isGiven ? 'Assign' : 'Unassign',
    targets: [
      {
        id: principalId,
        kind: principalKind === 'user' ? 'User' : 'Group',
        displayName: principal?.displayName,
        userPrincipalName: principal?.userPrincipalName,
        changed: [{ name: 'Role.DisplayName', from: isGiven ? null : name, to: isGiven ? name : null }],
      },
      { id: roleId, kind: 'Role', displayName: name ?? undefined },
    ],
    details: { directoryScopeId: scopeAddress(scope) },
  }
}
