import type { Caller } from '#server/domain/caller.ts'
import type { CsvRecord } from '#server/domain/csv.ts'
import { type ImportOrders, type Note, noteOf, type RowResult } from '#server/domain/import-run.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { BatchFacts } from './batch-facts.ts'
import { importerNow, requireMayImport } from './importer-now.ts'
import type { NumberBook } from './number-book.ts'
import { type Importing, type Plan, planRow } from './plan-row.ts'
import { digitsIn, type Header, nameIn, readPerson, type WantedPerson } from './read-person.ts'
import { outcomeOf, writePlan } from './write-plan.ts'

/** An import under way: what its rows need beside the store. */
export interface UnderWay {
  id: string
  /** Who carries it out at the moment; another node takes over when it is not renewed. */
  lease: string
  orders: ImportOrders
  header: Header
  book: NumberBook
  country: string | undefined
}

/** Whoever began this import may not do it any more, so it ends here. */
export class ImportStopped extends Error {
  readonly note: Note

  constructor(note: Note) {
    super(note.code)
    this.note = note
  }
}

/** Somebody else took the import over, and may have done these rows already. */
export class ImportTakenOver extends Error {}

/** Each batch asks for so long again; one that takes longer loses nothing but its turn, since whoever comes too late writes nothing. */
const leaseMs = 10_000

/** All rows of a batch and how far the import came are kept together, so that no row is done twice or left out. A row that cannot be done fails alone. */
export async function importBatch(
  system: Pick<System, 'inTransaction' | 'now'>,
  underWay: UnderWay,
  records: readonly CsvRecord[],
  { from, to }: { from: number; to: number },
): Promise<RowResult[]> {
  try {
    return await system.inTransaction((stores) => keepRows(stores, underWay, records, { from, to, now: system.now() }))
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'changed_meanwhile') throw error
    const [record] = records
    // Somebody else changed what one of these rows changes. One by one, only that row has to wait or fail.
    if (records.length > 1) return importOneByOne(system, underWay, records, { from, to })
    if (!record) throw error
    const failed: RowResult = {
      row: record.row,
      userPrincipalName: nameIn(underWay.header, record),
      outcome: 'failed',
      notes: [noteOf(error)],
    }
    await system.inTransaction((stores) => writeDown(stores, underWay, [failed], { from, to, now: system.now() }))
    return [failed]
  }
}

async function importOneByOne(
  system: Pick<System, 'inTransaction' | 'now'>,
  underWay: UnderWay,
  records: readonly CsvRecord[],
  { from, to }: { from: number; to: number },
): Promise<RowResult[]> {
  const results: RowResult[] = []
  let done = from
  for (const [index, record] of records.entries()) {
    const end = index === records.length - 1 ? to : record.row
    results.push(...(await importBatch(system, underWay, [record], { from: done, to: end })))
    done = end
  }
  return results
}

interface Span {
  from: number
  to: number
  now: Date
}

async function keepRows(stores: Stores, underWay: UnderWay, records: readonly CsvRecord[], span: Span): Promise<RowResult[]> {
  const { orders, header, book } = underWay
  const caller = await mayStill(stores, underWay, span.now)
  const rows = readRows(underWay, records)
  const facts = await BatchFacts.read(stores, wantedIn(rows))
  const importing = { caller, existing: orders.existing, book, now: span.now }
  const results: RowResult[] = []
  for (const row of rows) {
    const { result, plan } = await judgeRow(stores, facts, importing, header, row)
    if (plan) await writePlan(stores, orders.importer.author, plan, span.now)
    for (const { number, before } of plan?.numbers ?? []) for (const each of [number, before?.number]) if (each) facts.numberChanged(each)
    results.push(result)
  }
  await writeDown(stores, underWay, results, span)
  return results
}

async function writeDown(stores: Stores, { id, lease }: UnderWay, results: readonly RowResult[], { from, to, now }: Span): Promise<void> {
  const until = new Date(now.getTime() + leaseMs)
  if (!(await stores.imports.advance(id, lease, { from, to }, results, { until, now }))) throw new ImportTakenOver()
}

async function mayStill(stores: Stores, { orders, header }: UnderWay, now: Date): Promise<Caller | undefined> {
  try {
    const caller = await importerNow(stores, orders.importer)
    if (caller) requireMayImport(caller, header, now)
    return caller
  } catch (error) {
    throw isOfTheStore(error) ? error : new ImportStopped(noteOf(error))
  }
}

/** What would become of these rows; nothing is written. */
export async function tryBatch(
  stores: Stores,
  importing: Importing,
  underWay: Pick<UnderWay, 'header' | 'country'>,
  records: readonly CsvRecord[],
): Promise<RowResult[]> {
  const rows = readRows(underWay, records)
  const facts = await BatchFacts.read(stores, wantedIn(rows))
  const results: RowResult[] = []
  for (const row of rows) results.push((await judgeRow(stores, facts, importing, underWay.header, row)).result)
  return results
}

interface ReadRow {
  record: CsvRecord
  /** Or why it cannot be read. */
  read: WantedPerson | Refusal
}

function readRows({ header, country }: Pick<UnderWay, 'header' | 'country'>, records: readonly CsvRecord[]): ReadRow[] {
  return records.map((record) => {
    try {
      return { record, read: readPerson(header, record, country) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { record, read: error }
    }
  })
}

function wantedIn(rows: readonly ReadRow[]): WantedPerson[] {
  return rows.flatMap(({ read }) => (read instanceof Refusal ? [] : read))
}

interface Judged {
  result: RowResult
  plan?: Plan
}

async function judgeRow(
  stores: Stores,
  facts: BatchFacts,
  importing: Importing,
  header: Header,
  { record, read }: ReadRow,
): Promise<Judged> {
  const { row } = record
  const { book } = importing
  const userPrincipalName = nameIn(header, record)
  try {
    const earlier = userPrincipalName ? book.nameSeen(userPrincipalName, row) : undefined
    if (earlier !== undefined) refuse('import_row_twice', { row: String(earlier) })
    if (read instanceof Refusal) throw read
    const plan = await planRow(stores, facts, importing, read, row)
    if (plan === 'skipped') return { result: { row, userPrincipalName, outcome: 'skipped', notes: [] } }
    for (const { number, before, signInWish, waitsForName } of plan.numbers) {
      if (before && before.number !== number) book.free(before.number, row)
      if (facts.isEachNumberOnePersons || (signInWish === 'wanted' && !waitsForName)) book.claim(number, row)
    }
    return { result: { row, userPrincipalName, outcome: outcomeOf(plan), notes: plan.notes }, plan }
  } catch (error) {
    if (isOfTheStore(error)) throw error
    return { result: { row, userPrincipalName, outcome: 'failed', notes: [noteOf(error), ...likenesses(importing, header, record)] } }
  }
}

/** A number that cannot be read because it lacks its country may still be one that stands elsewhere. */
function likenesses({ book }: Importing, header: Header, record: CsvRecord): Note[] {
  return digitsIn(header, record).flatMap((digits) => {
    const sighting = book.seen(digits, record.row)
    return sighting && 'row' in sighting ? { code: 'number_nearly_in_row' as const, details: { row: String(sighting.row) } } : []
  })
}

/** Nothing to do with the row: the store is away, or the whole transaction has to run again. */
function isOfTheStore(error: unknown): boolean {
  return !(error instanceof Refusal) || error.code === 'unavailable' || error.code === 'changed_meanwhile'
}
