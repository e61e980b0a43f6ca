import type { ImportOrders, ImportRun, Note, Outcome, RowResult } from '#server/domain/import-run.ts'
import { countOf, noCounts } from '#server/domain/import-run.ts'
import type { Page, Query } from '#server/domain/query.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { behind, type Columns, conditionOf, pageOf } from './query-sql.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

/** All but the file itself, which is long. */
const shown = [
  'id',
  'orders',
  'state',
  'problem',
  'rows_done',
  'created',
  'updated',
  'unchanged',
  'skipped',
  'failed',
  'lease',
  'leased_until',
  'started_at',
  'changed_at',
] as const

type Row = Pick<Selected<'imports'>, (typeof shown)[number]>

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('imports').select(shown).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const unfinished = prepared((db, tenantId: string, sourceIndex: string) =>
  db
    .selectFrom('imports')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('source_index', '=', sourceIndex)
    .where('state', '=', 'waiting'),
)
const waiting = prepared((db, tenantId: string, now: number) =>
  db
    .selectFrom('imports')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .where('source_sealed', 'is not', null)
    .where('leased_until', '<=', now)
    .orderBy('started_at')
    .limit(1),
)
const sourceOf = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('imports').select('source_sealed').where('tenant_id', '=', tenantId).where('id', '=', id),
)
const leased = prepared((db, lease: string, until: number, tenantId: string, id: string, now: number) =>
  db
    .updateTable('imports')
    .set({ lease, leased_until: until })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('leased_until', '<=', now),
)
/** Only whoever holds the lease, and only from where the last batch ended. */
const advanced = prepared(
  (
    db,
    rowsDone: number,
    created: number,
    updated: number,
    unchanged: number,
    skipped: number,
    failed: number,
    until: number,
    now: number,
    tenantId: string,
    id: string,
    lease: string,
    from: number,
  ) =>
    db
      .updateTable('imports')
      .set((row) => ({
        rows_done: rowsDone,
        created: row('created', '+', created),
        updated: row('updated', '+', updated),
        unchanged: row('unchanged', '+', unchanged),
        skipped: row('skipped', '+', skipped),
        failed: row('failed', '+', failed),
        leased_until: until,
        changed_at: now,
      }))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('lease', '=', lease)
      .where('rows_done', '=', from),
)
const forgotten = prepared((db, tenantId: string, instant: number) =>
  db.deleteFrom('imports').where('tenant_id', '=', tenantId).where('state', '<>', 'waiting').where('changed_at', '<', instant),
)
const addRow = preparedAdd('imports')
const changeRow = preparedChange('imports', ['tenant_id', 'id'])

const rowColumns: Columns = { outcome: { kind: 'plain', column: 'import_rows.outcome' } }

export interface NewImport {
  id: string
  orders: ImportOrders
  /** What says that a file is the same as one before. */
  fingerprint: string
  /** The file itself, where whoever carries it out does not have it. */
  source: string | undefined
}

export class Imports {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async add({ id, orders, fingerprint, source }: NewImport, now: Date): Promise<void> {
    await addRow(this.#connection, {
      tenant_id: this.#tenantId,
      id,
      source_index: this.#vault.indexOf(fingerprint),
      source_sealed: source === undefined ? null : this.#vault.seal(source, placeOf(id)),
      orders: JSON.stringify(orders),
      state: 'waiting',
      problem: null,
      rows_done: 0,
      ...noCounts,
      lease: null,
      leased_until: 0,
      started_at: now.getTime(),
      changed_at: now.getTime(),
    })
  }

  async find(id: string, now: Date): Promise<ImportRun | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && toRun(row, now)
  }

  /** The last one of this very file that did not come to its end. */
  async findUnfinished(fingerprint: string, now: Date): Promise<ImportRun | undefined> {
    const row = await unfinished.first(this.#connection, this.#tenantId, this.#vault.indexOf(fingerprint))
    return row && toRun(row, now)
  }

  /** One whose file stands here and that nobody carries out at this moment. */
  async findWaiting(now: Date): Promise<ImportRun | undefined> {
    const row = await waiting.first(this.#connection, this.#tenantId, now.getTime())
    return row && toRun(row, now)
  }

  async sourceOf(id: string): Promise<string | undefined> {
    const row = await sourceOf.first(this.#connection, this.#tenantId, id)
    return row?.source_sealed == null ? undefined : this.#vault.open(row.source_sealed, placeOf(id))
  }

  async list(query: Query, now: Date): Promise<Page<ImportRun>> {
    let rows = this.#connection.kysely.selectFrom('imports').select(shown).where('tenant_id', '=', this.#tenantId)
    if (query.after) rows = rows.where(behind(query.after, 'imports.started_at', 'imports.id', true))
    const page = await rows
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(query.top + 1)
      .execute()
    return pageOf(
      page,
      query,
      undefined,
      (row) => toRun(row, now),
      (row) => row.started_at,
    )
  }

  /** False when somebody else has it, or it is over. */
  async lease(id: string, lease: string, until: Date, now: Date): Promise<boolean> {
    return (await leased.write(this.#connection, lease, until.getTime(), this.#tenantId, id, now.getTime())) > 0
  }

  /** Gives it back before its time, so that nobody need wait for it. */
  async letGo(id: string): Promise<void> {
    await changeRow(this.#connection, [this.#tenantId, id], { leased_until: 0 })
  }

  /** Writes down what became of these rows. False when the lease has gone to somebody else, who may have done them already. */
  async advance(
    id: string,
    lease: string,
    { from, to }: { from: number; to: number },
    results: readonly RowResult[],
    times: { until: Date; now: Date },
  ): Promise<boolean> {
    const { created, updated, unchanged, skipped, failed } = countOf(results)
    const key = [this.#tenantId, id, lease, from] as const
    const { until, now } = times
    const moved = await advanced.write(
      this.#connection,
      to,
      created,
      updated,
      unchanged,
      skipped,
      failed,
      until.getTime(),
      now.getTime(),
      ...key,
    )
    if (moved === 0) return false
    if (results.length > 0) await this.#addResults(id, results)
    return true
  }

  /** The file is not needed any more, and goes. */
  async finish(id: string, problem: Note | undefined, now: Date): Promise<void> {
    const columns = {
      state: problem ? 'failed' : 'done',
      problem: problem ? JSON.stringify(problem) : null,
      source_sealed: null,
      leased_until: 0,
    }
    await changeRow(this.#connection, [this.#tenantId, id], { ...columns, changed_at: now.getTime() })
  }

  /** Those that ended before this instant, with what became of each row. */
  async forget(before: Date): Promise<void> {
    await forgotten.write(this.#connection, this.#tenantId, before.getTime())
  }

  async results(id: string, query: Pick<Query, 'filter' | 'top' | 'after'>): Promise<Page<RowResult>> {
    const { filter } = query
    let rows = this.#connection.kysely
      .selectFrom('import_rows')
      .select(['row_number', 'name', 'outcome', 'notes'])
      .where('tenant_id', '=', this.#tenantId)
      .where('import_id', '=', id)
    if (filter) rows = rows.where(conditionOf(filter, rowColumns))
    if (query.after) rows = rows.where('row_number', '>', Number(query.after.sort))
    const found = await rows
      .orderBy('row_number')
      .limit(query.top + 1)
      .execute()
    const items = found.slice(0, query.top).map(toResult)
    const last = items.at(-1)
    return { items, count: undefined, end: found.length > query.top && last ? { sort: last.row, id: String(last.row) } : undefined }
  }

  async #addResults(id: string, results: readonly RowResult[]): Promise<void> {
    await this.#connection.kysely
      .insertInto('import_rows')
      .values(
        results.map(({ row, userPrincipalName, outcome, notes }) => ({
          tenant_id: this.#tenantId,
          import_id: id,
          row_number: row,
          name: userPrincipalName,
          outcome,
          notes: JSON.stringify(notes),
        })),
      )
      .execute()
  }
}

function placeOf(row: string) {
  return { table: 'imports', column: 'source_sealed', row }
}

function toRun(row: Row, now: Date): ImportRun {
  const { created, updated, unchanged, skipped, failed } = row
  // These two were written by `add` and `finish` above, as exactly these types.
  const orders: ImportOrders = JSON.parse(row.orders)
  const problem: Note | undefined = row.problem === null ? undefined : JSON.parse(row.problem)
  return {
    id: row.id,
    orders,
    state: row.state === 'done' || row.state === 'failed' ? row.state : 'waiting',
    problem,
    rowsDone: row.rows_done,
    counts: { created, updated, unchanged, skipped, failed },
    isLeased: row.leased_until > now.getTime(),
    startedAt: new Date(row.started_at),
    changedAt: new Date(row.changed_at),
  }
}

const outcomes: readonly Outcome[] = ['created', 'updated', 'unchanged', 'skipped', 'failed']

function toResult(row: Pick<Selected<'import_rows'>, 'row_number' | 'name' | 'outcome' | 'notes'>): RowResult {
  const notes: Note[] = JSON.parse(row.notes)
  const outcome = outcomes.find((each) => each === row.outcome) ?? 'failed'
  return { row: row.row_number, userPrincipalName: row.name, outcome, notes }
}
