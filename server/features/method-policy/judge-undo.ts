import type { RecordedEvent } from '#server/domain/audit-event.ts'
import type { RefusalDetails } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'
import { presentConfiguration } from './present-policy.ts'
import { actorName, type ChangedPart, changedPart, changedSince, responsibleFor } from './undo-rules.ts'

export type UndoParts = Pick<Stores, 'methodPolicies' | 'methodPolicySettings' | 'audit'>

/** Why a change cannot be set back, as a refusal would say it. */
export interface Hindrance {
  code: 'undo_unsupported' | 'undo_changed_since' | 'undo_changed_otherwise'
  details: RefusalDetails
}

/** Whether what an event changed is still as the event made it: then setting it back takes nothing from anybody who came later. */
export async function judgeUndo(
  stores: UndoParts,
  event: RecordedEvent,
): Promise<{ part: ChangedPart; hindrance: undefined } | { part: undefined; hindrance: Hindrance }> {
  const part = changedPart(event)
  const targetId = event.targets[0]?.id
  if (!part || targetId === undefined) return { part: undefined, hindrance: { code: 'undo_unsupported', details: {} } }
  const properties = changedSince(event, part, await currentOf(stores, part))
  if (properties.length === 0) return { part, hindrance: undefined }
  const later = (await stores.audit.ofTarget(targetId, { since: event.happenedAt })).filter(({ id }) => id !== event.id)
  const since = responsibleFor(properties, later)
  const details = { properties: properties.join(', ') }
  if (!since) return { part: undefined, hindrance: { code: 'undo_changed_otherwise', details } }
  const told = { ...details, event: since.id, by: actorName(since), at: since.happenedAt.toISOString() }
  return { part: undefined, hindrance: { code: 'undo_changed_since', details: told } }
}

async function currentOf({ methodPolicies, methodPolicySettings }: UndoParts, part: ChangedPart): Promise<Record<string, unknown>> {
  if (part.kind === 'licensing') return { licenceMode: await methodPolicies.licenceMode('sms') }
  if (part.kind === 'settings') return { ...(await methodPolicySettings.get()).settings }
  return presentConfiguration(part.policyId, await methodPolicies.find(part.policyId))
}
