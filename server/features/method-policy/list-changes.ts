import type { RecordedEvent } from '#server/domain/audit-event.ts'
import type { System } from '#server/system.ts'
import { type Hindrance, judgeUndo } from './judge-undo.ts'

type Needs = Pick<System, 'methodPolicies' | 'methodPolicySettings' | 'audit'>

const changesMax = 20

export interface PolicyChangeMade {
  event: RecordedEvent
  hindrance: Hindrance | undefined
}

/** What was changed about one method, or about all together, the newest first, and what of it can be set back. */
export async function listChanges(system: Needs, targetId: string): Promise<PolicyChangeMade[]> {
  const changes: PolicyChangeMade[] = []
  for (const event of await system.audit.ofTarget(targetId, { top: changesMax }))
    changes.push({ event, hindrance: (await judgeUndo(system, event)).hindrance })
  return changes
}
