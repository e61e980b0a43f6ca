import { mayChangeRolesOf } from '#server/domain/administer.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { WhichAssignment } from '#server/store/role-assignments.ts'
import type { System } from '#server/system.ts'
import { assignmentEvent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The role ends before the very next call of whoever had it. */
export async function takeRole(system: Needs, caller: Caller, which: WhichAssignment): Promise<void> {
  await system.inTransaction(async ({ roles, memberships, groupMembers, audit }) => {
    const assignment = (await roles.find(which)) ?? refuse('object_not_found', { id: 'id' in which ? which.id : which.principalId })
    const { id, principalId, principalKind } = assignment
    const includesActor = principalKind === 'group' && (await groupMembers.gives(principalId, caller.id))
    allowedBy(mayChangeRolesOf(caller, { id: principalId, includesActor }, system.now()))
    if (await roles.isLastGlobalAdministration(id)) refuse('last_global_administrator')

    await roles.remove(id)
    await audit.record(caller, assignmentEvent('taken', assignment, await memberships.findMember(principalId)), system.now())
  })
}
