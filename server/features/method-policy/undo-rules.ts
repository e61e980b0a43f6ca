import { methodConfigurations } from '#contract/graph/method-configurations.ts'
import { type PolicyId, policyIds } from '#contract/method-ids.ts'
import type { RecordedEvent } from '#server/domain/audit-event.ts'
import { canonical } from './canonical.ts'

/** What an event of the audit log changed, as far as it can be set back here. */
export type ChangedPart = { kind: 'configuration'; policyId: PolicyId } | { kind: 'settings' } | { kind: 'licensing' }

const activities: ReadonlySet<string> = new Set(['Authentication Methods Policy Update', 'Authentication Methods Policy Reset'])

export function changedPart({ activity, targets }: RecordedEvent): ChangedPart | undefined {
  const [target] = targets
  if (!activities.has(activity) || !target?.changed?.length) return undefined
  if (target.id === 'authenticationMethodsPolicy') return { kind: 'settings' }
  if (target.changed.some(({ name }) => name === 'licenceMode')) return { kind: 'licensing' }
  const policyId = policyIds.find((id) => methodConfigurations[id].id === target.id)
  return policyId && { kind: 'configuration', policyId }
}

/** Which properties are no longer what the event made of them. */
export function changedSince(event: RecordedEvent, part: ChangedPart, current: Readonly<Record<string, unknown>>): string[] {
  const changes = event.targets[0]?.changed ?? []
  return changes.filter(({ name, to }) => canonical(current[name]) !== canonical(valueIn(part, to))).map(({ name }) => name)
}

/** What the properties were before the event. */
export function valuesBefore(event: RecordedEvent, part: ChangedPart): Record<string, unknown> {
  return Object.fromEntries((event.targets[0]?.changed ?? []).map(({ name, from }) => [name, valueIn(part, from)]))
}

/** Of events of the same thing, the newest that changed one of these properties. */
export function responsibleFor(properties: readonly string[], newestFirst: readonly RecordedEvent[]): RecordedEvent | undefined {
  return newestFirst.find(({ targets }) => targets[0]?.changed?.some(({ name }) => properties.includes(name)))
}

export function actorName({ actor }: RecordedEvent): string {
  return actor.kind === 'server' ? actor.name : actor.displayName
}

/** The licence mode is written down as a word, everything else as JSON. */
function valueIn({ kind }: ChangedPart, text: string | null): unknown {
  return text === null || kind === 'licensing' ? text : JSON.parse(text)
}
