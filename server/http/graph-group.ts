import type { GroupBody } from '#contract/graph/groups.ts'
import type { Group } from '#server/domain/group.ts'

/** Every group here is a security group with assigned members; one that may hold roles is never open to whoever wants to join. */
export function presentGroup(group: Group): GroupBody {
  return {
    id: group.id,
    deletedDateTime: null,
    createdDateTime: group.createdAt.toISOString(),
    description: group.description ?? null,
    displayName: group.displayName,
    groupTypes: [],
    isAssignableToRole: group.isAssignableToRole,
    mail: null,
    mailEnabled: false,
    mailNickname: group.mailNickname,
    onPremisesSyncEnabled: null,
    securityEnabled: true,
    visibility: group.isAssignableToRole ? 'Private' : null,
  }
}
