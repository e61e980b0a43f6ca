import { createHmac, type KeyObject } from 'node:crypto'
import { type ExpressionBuilder, sql } from 'kysely'
import type { AuditActor, AuditEvent, AuditTarget, RecordedEvent } from '#server/domain/audit-event.ts'
import type { Author } from '#server/domain/caller.ts'
import type { Page, Query } from '#server/domain/query.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedInsert } from './prepared.ts'
import { behind, type Columns, conditionOf, pageOf, sortValue } from './query-sql.ts'
import type { Schema, Selected } from './schema.ts'
import { timeOrderedId } from './time-ordered-id.ts'

export type AuditRow = Selected<'audit_events'>

/** What stands in an event, in the one order its MAC and its place in the chain are computed over. */
export function contentOf(row: Omit<AuditRow, 'mac'>): string {
  return JSON.stringify([
    row.tenant_id,
    row.id,
    row.happened_at,
    row.activity,
    row.category,
    row.operation,
    row.result,
    row.reason,
    row.actor,
    row.actor_id,
    row.targets,
    row.target_id,
    row.other_target_id,
    row.details,
    row.request_id,
    row.node_id,
  ])
}

/** Only this server can make it, so a row somebody slipped into the table is known before it is ever sealed. */
export function macOf(key: KeyObject, row: Omit<AuditRow, 'mac'>): string {
  return createHmac('sha256', key).update(contentOf(row)).digest('base64url')
}

const insert = preparedInsert('audit_events', [
  'tenant_id',
  'id',
  'happened_at',
  'activity',
  'category',
  'operation',
  'result',
  'reason',
  'actor',
  'actor_id',
  'targets',
  'target_id',
  'other_target_id',
  'details',
  'request_id',
  'node_id',
  'mac',
])

const firstActivityBehind = prepared((db, tenantId: string, activity: string) =>
  db
    .selectFrom('audit_events')
    .select(['activity', 'category'])
    .where('tenant_id', '=', tenantId)
    .where('activity', '>', activity)
    .orderBy('activity')
    .limit(1),
)

const columns: Columns = {
  id: { kind: 'plain', column: 'audit_events.id' },
  activityDateTime: { kind: 'instant', column: 'audit_events.happened_at' },
  activityDisplayName: { kind: 'plain', column: 'audit_events.activity' },
  category: { kind: 'plain', column: 'audit_events.category' },
  operationType: { kind: 'plain', column: 'audit_events.operation' },
  result: { kind: 'plain', column: 'audit_events.result' },
  correlationId: { kind: 'plain', column: 'audit_events.request_id' },
  'initiatedBy/user/id': { kind: 'plain', column: 'audit_events.actor_id' },
  targetResources: {
    kind: 'items',
    matches: (of) =>
      of ? sql`(${conditionOf(of, firstTarget)} or ${conditionOf(of, otherTarget)})` : sql`audit_events.target_id is not null`,
  },
}
const firstTarget: Columns = { id: { kind: 'plain', column: 'audit_events.target_id' } }
const otherTarget: Columns = { id: { kind: 'plain', column: 'audit_events.other_target_id' } }

/** Asked event by event: as a join, a planner may read all seals there are to find the few events without one. */
export function sealOf(events: ExpressionBuilder<Schema, 'audit_events'>) {
  return events
    .selectFrom('audit_seals')
    .select('audit_seals.seq')
    .whereRef('audit_seals.tenant_id', '=', 'audit_events.tenant_id')
    .whereRef('audit_seals.event_id', '=', 'audit_events.id')
    .limit(1)
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The log of changes. It only ever grows: there is no way to change or remove an event from here. */
export class AuditEvents {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #macKey: KeyObject
  readonly #nodeId: string

  constructor(connection: Connection, tenantId: string, macKey: KeyObject, nodeId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#macKey = macKey
    this.#nodeId = nodeId
  }

  async record({ author, requestId, mark }: Author, event: AuditEvent, now: Date): Promise<void> {
    const content = {
      tenant_id: this.#tenantId,
      id: timeOrderedId(now),
      happened_at: now.getTime(),
      activity: event.activity,
      category: event.category,
      operation: event.operation,
      result: 'success',
      reason: null,
      actor: JSON.stringify(author),
      actor_id: author.kind === 'person' ? author.id : null,
      targets: JSON.stringify(event.targets),
      target_id: event.targets[0]?.id ?? null,
      other_target_id: event.targets[1]?.id ?? null,
      details: JSON.stringify({ ...event.details, ...mark }),
      request_id: requestId,
      node_id: this.#nodeId,
    }
    await insert(this.#connection, { ...content, mac: macOf(this.#macKey, content) })
  }

  async find(id: string): Promise<RecordedEvent | undefined> {
    if (!guid.test(id)) return undefined
    const row = await this.#all().where('id', '=', id.toLowerCase()).executeTakeFirst()
    return row && toEvent(row)
  }

  /** What happened to one thing, newest first. */
  async ofTarget(targetId: string, { since, top = 100 }: { since?: Date; top?: number }): Promise<RecordedEvent[]> {
    const rows = this.#all().where('target_id', '=', targetId)
    const page = since ? rows.where('happened_at', '>=', since.getTime()) : rows
    return (await page.orderBy('happened_at', 'desc').orderBy('id', 'desc').limit(top).execute()).map(toEvent)
  }

  /** Newest first unless the query says otherwise. */
  async list(query: Query): Promise<Page<RecordedEvent>> {
    const descending = query.orderBy?.descending ?? true
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#all()
    if (query.filter) rows = rows.where(conditionOf(query.filter, columns))
    const count = query.count
      ? (await rows.clearSelect().select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
      : undefined
    if (query.after) rows = rows.where(behind(query.after, 'audit_events.happened_at', 'audit_events.id', descending))
    const page = await rows
      .orderBy('happened_at', direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
      .execute()
    return pageOf(page, query, count, toEvent, (row) => sortValue(row, 'happened_at'))
  }

  /** One step along the index for each, however many events there are. */
  async activities(): Promise<{ id: string; category: string }[]> {
    const found: { id: string; category: string }[] = []
    let next = await firstActivityBehind.first(this.#connection, this.#tenantId, '')
    while (next) {
      found.push({ id: next.activity, category: next.category })
      next = await firstActivityBehind.first(this.#connection, this.#tenantId, next.activity)
    }
    return found
  }

  #all() {
    return this.#connection.kysely.selectFrom('audit_events').selectAll().where('tenant_id', '=', this.#tenantId)
  }
}

function toEvent(row: AuditRow): RecordedEvent {
  return {
    id: row.id,
    happenedAt: new Date(row.happened_at),
    activity: row.activity,
    category: row.category,
    operation: row.operation,
    result: row.result === 'failure' ? 'failure' : 'success',
    reason: row.reason ?? undefined,
    // These three were written by `record` above, as exactly these types.
    actor: JSON.parse(row.actor) as AuditActor,
    targets: JSON.parse(row.targets) as AuditTarget[],
    details: JSON.parse(row.details) as Record<string, string>,
    requestId: row.request_id,
  }
}
