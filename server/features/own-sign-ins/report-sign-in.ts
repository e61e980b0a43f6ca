import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type Reported, reportSuspicious } from '#server/domain/report-suspicious.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'signIns' | 'inTransaction' | 'announceSignOuts' | 'now'>

/** "This wasn't me", said of one's own row and of nobody else's. */
export async function reportSignIn(system: Needs, caller: Caller, id: string): Promise<Reported> {
  const found = await system.signIns.find(id)
  if (found?.userId !== caller.id) refuse('object_not_found', { id })
  return reportSuspicious(system, caller, { userId: caller.id, signInId: found.id, keeps: { session: caller.sessionName } })
}
