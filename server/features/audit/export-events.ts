import type { AuditActor, RecordedEvent } from '#server/domain/audit-event.ts'
import type { Caller } from '#server/domain/caller.ts'
import { csvRow } from '#server/domain/csv.ts'
import type { Query } from '#server/domain/query.ts'
import type { System } from '#server/system.ts'
import { loggedByService } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'audit'>

const pageMax = 1_000

const header = [
  'activityDateTime',
  'activityDisplayName',
  'category',
  'loggedByService',
  'result',
  'initiatedBy',
  'ipAddress',
  'targets',
  'modifiedProperties',
  'additionalDetails',
  'correlationId',
  'id',
]

/** A file leaves the house, so that it was taken is itself the newest event in it. */
export async function exportEvents(system: Needs, caller: Caller, query: Query): Promise<AsyncGenerator<string>> {
  const now = system.now()
  await system.inTransaction(({ audit }) =>
    audit.record(
      caller,
      {
        activity: 'Export log',
        category: 'UserManagement',
        operation: 'Other',
        targets: [{ id: 'directoryAudits', kind: 'Other', displayName: 'Audit log' }],
      },
      now,
    ),
  )
  return rowsOf(system, query)
}

async function* rowsOf({ audit }: Needs, query: Query): AsyncGenerator<string> {
  yield csvRow(header)
  let after: Query['after']
  do {
    const { items, end } = await audit.list({ ...query, top: pageMax, count: false, after })
    yield items.map(rowOf).join('')
    after = end
  } while (after)
}

function rowOf(event: RecordedEvent): string {
  const changes = event.targets.flatMap(({ changed = [] }) => changed)
  return csvRow([
    event.happenedAt.toISOString(),
    event.activity,
    event.category,
    loggedByService(event.activity),
    event.result,
    nameOf(event.actor),
    event.actor.kind === 'person' ? event.actor.address : '',
    event.targets.map(({ displayName, userPrincipalName, id }) => userPrincipalName ?? displayName ?? id).join('; '),
    changes.map(({ name, from, to }) => `${name}: ${from ?? '-'} > ${to ?? '-'}`).join('; '),
    Object.entries(event.details)
      .map(([key, value]) => `${key}: ${value}`)
      .join('; '),
    event.requestId,
    event.id,
  ])
}

function nameOf(actor: AuditActor): string {
  if (actor.kind === 'person') return actor.userPrincipalName
  return actor.kind === 'app' ? actor.displayName : actor.name
}
