import { setTimeout as pause } from 'node:timers/promises'
import type { RefusalCode } from '#contract/refusals.ts'
import { type CsvRecord, CsvUnreadable } from '#server/domain/csv.ts'
import { type Importer, type ImportOrders, type ImportRun, type Note, noteOf, type RowResult } from '#server/domain/import-run.ts'
import { Refusal, type RefusalDetails, refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { ImportStopped, importBatch, tryBatch, type UnderWay } from './import-batch.ts'
import { NumberBook } from './number-book.ts'
import type { Importing } from './plan-row.ts'
import { digitsIn, type Header, isBlank, nameIn, readHeader } from './read-person.ts'

/** Few enough that whoever writes at the same time hardly waits, many enough that a commit is shared by many. */
const batchMax = 100
const heldPageMax = 1_000
const waitsMs = [500, 1_000, 2_000, 4_000]

export interface Watching {
  signal?: AbortSignal
  /** Hears of every batch. */
  onBatch?(results: readonly RowResult[]): void
}

/** Carries out what is left of an import. Answers whether it came to its end; it can be stopped between two batches and goes on from there. */
export async function runImport(
  system: System,
  run: Pick<ImportRun, 'id' | 'orders' | 'rowsDone'>,
  lease: string,
  records: AsyncIterable<CsvRecord>,
  { signal, onBatch }: Watching = {},
): Promise<'ended' | 'stopped'> {
  const book = await bookOf(system)
  const under = { id: run.id, lease, orders: run.orders, book, country: system.organization.defaultCountry }
  let done = run.rowsDone
  try {
    for await (const { header, batch, end } of batchesOf(records, run.rowsDone, book)) {
      if (signal?.aborted) return 'stopped'
      const underWay: UnderWay = { ...under, header }
      const results = await patiently(() => importBatch(system, underWay, batch, { from: done, to: end }))
      onBatch?.(results)
      done = end
    }
    await finish(system, run, undefined)
  } catch (error) {
    await finish(system, run, endingOf(error))
  }
  return 'ended'
}

/** A store that is busy for a moment is no reason to give up a file of a hundred thousand rows. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'unavailable') throw error
      await pause(waitMs)
    }
  }
  return work()
}

function endingOf(error: unknown): Note {
  if (error instanceof ImportStopped) return error.note
  if (error instanceof CsvUnreadable) return unreadable(error)
  if (error instanceof Refusal && error.code !== 'unavailable' && error.code !== 'changed_meanwhile') return noteOf(error)
  throw error
}

export function unreadable({ row, because }: CsvUnreadable): { code: RefusalCode; details: RefusalDetails } {
  return { code: because === 'too long' ? 'import_quote_open' : 'import_not_utf8', details: { row: String(row) } }
}

/** Goes through the rows as an import would, and writes nothing. */
export async function tryImport(
  system: System,
  { caller, existing }: Pick<Importing, 'caller' | 'existing'>,
  records: AsyncIterable<CsvRecord>,
  { signal, onBatch }: Watching = {},
): Promise<void> {
  const book = await bookOf(system)
  const country = system.organization.defaultCountry
  for await (const { header, batch } of batchesOf(records, 0, book)) {
    if (signal?.aborted) return
    const importing = { caller, existing, book, now: system.now() }
    const results = await patiently(() => tryBatch(system, importing, { header, country }, batch))
    onBatch?.(results)
  }
}

async function bookOf({ methodReports }: Pick<System, 'methodReports'>): Promise<NumberBook> {
  const book = new NumberBook()
  for await (const { number, type } of methodReports.numbers(heldPageMax)) if (type !== 'office') book.hold(number)
  return book
}

interface Batch {
  header: Header
  batch: CsvRecord[]
  /** The last row that is done once this batch is. */
  end: number
}

/** The rows behind `after`; those before it are only remembered. */
async function* batchesOf(records: AsyncIterable<CsvRecord>, after: number, book: NumberBook): AsyncGenerator<Batch> {
  let header: Header | undefined
  let batch: CsvRecord[] = []
  let end = after
  for await (const record of records) {
    if (!header) {
      header = readHeader(record.cells)
      continue
    }
    if (isBlank(record)) continue
    if (record.row <= after) {
      remember(book, header, record)
      continue
    }
    batch.push(record)
    end = record.row
    if (batch.length < batchMax) continue
    yield { header, batch, end }
    batch = []
  }
  if (!header) refuse('import_column_missing', { column: 'userPrincipalName' })
  if (batch.length > 0) yield { header, batch, end }
}

function remember(book: NumberBook, header: Header, record: CsvRecord): void {
  const name = nameIn(header, record)
  if (name) book.nameSeen(name, record.row)
  for (const digits of digitsIn(header, record)) book.seen(digits, record.row)
}

/** The import itself is an event too: who brought in how many. */
async function finish(system: System, { id, orders }: Pick<ImportRun, 'id' | 'orders'>, problem: Note | undefined): Promise<void> {
  await system.inTransaction(async ({ imports, audit }) => {
    const now = system.now()
    const { counts } = (await imports.find(id, now)) ?? refuse('object_not_found', { id })
    await imports.finish(id, problem, now)
    const numbers = Object.entries(counts).map(([outcome, count]) => [outcome, String(count)])
    await audit.record(
      orders.importer.author,
      {
        activity: 'Import people',
        category: 'UserManagement',
        operation: 'Other',
        targets: [{ id, kind: 'Other', displayName: 'Import' }],
        details: { ...Object.fromEntries(numbers), ...(problem && { Problem: problem.code }) },
      },
      now,
    )
  })
}

export function ordersOf(importer: Importer, existing: ImportOrders['existing'] = 'update'): ImportOrders {
  return { importer, existing }
}
