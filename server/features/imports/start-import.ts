import { hash, randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Caller } from '#server/domain/caller.ts'
import { type CsvRecord, CsvUnreadable, readCsv } from '#server/domain/csv.ts'
import { addedUp, type Counts, countOf, type ImportOrders, type ImportRun, noCounts, type RowResult } from '#server/domain/import-run.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { importerOf, requireMayImport } from './importer-now.ts'
import { readHeader } from './read-person.ts'
import { tryImport, unreadable } from './run-import.ts'

interface Wanted {
  csv: string
  existing: ImportOrders['existing']
}

/** Keeps the file until somebody has carried it out. What is wrong with it as a whole is told at once. */
export async function startImport(system: System, caller: Caller, { csv, existing }: Wanted): Promise<ImportRun> {
  await refuseUnreadable(system, caller, csv)
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const id = randomUUID()
    const importer = await importerOf(stores, caller)
    await stores.imports.forget(new Date(now.getTime() - keptMs))
    await stores.imports.add(
      { id, orders: { importer, existing }, fingerprint: fingerprintOf(hash('sha256', csv), existing), source: csv },
      now,
    )
    return (await stores.imports.find(id, now)) ?? refuse('changed_meanwhile')
  })
}

/** What became of each row can be read for so long. */
export const keptMs = 30 * 24 * 60 * 60 * 1000

export function fingerprintOf(fileHash: string, existing: ImportOrders['existing']): string {
  return `${fileHash} ${existing}`
}

const shownMax = 1_000

export interface Rehearsal {
  counts: Counts
  /** Those that have something to say. */
  rows: RowResult[]
}

/** What would happen. */
export async function rehearseImport(system: System, caller: Caller, { csv, existing }: Wanted): Promise<Rehearsal> {
  await refuseUnreadable(system, caller, csv)
  const rehearsal: Rehearsal = { counts: noCounts, rows: [] }
  await tryImport(system, { caller, existing }, recordsIn(csv), {
    onBatch(results) {
      rehearsal.counts = addedUp(rehearsal.counts, countOf(results))
      const telling = results.filter(({ outcome, notes }) => outcome === 'failed' || notes.length > 0)
      rehearsal.rows.push(...telling.slice(0, shownMax - rehearsal.rows.length))
    },
  })
  return rehearsal
}

async function refuseUnreadable(system: System, caller: Caller, csv: string): Promise<void> {
  try {
    let isFirst = true
    for await (const { cells } of recordsIn(csv)) {
      if (isFirst) requireMayImport(caller, readHeader(cells), system.now())
      isFirst = false
    }
    if (isFirst) refuse('import_column_missing', { column: 'userPrincipalName' })
  } catch (error) {
    if (!(error instanceof CsvUnreadable)) throw error
    const { code, details } = unreadable(error)
    refuse(code, details)
  }
}

const pieceLength = 64 * 1024

export async function* recordsIn(csv: string): AsyncGenerator<CsvRecord> {
  yield* readCsv(piecesOf(Buffer.from(csv)))
}

/** A large file is gone through bit by bit, so that others are answered in between. */
async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceLength) {
    await turn()
    yield bytes.subarray(at, at + pieceLength)
  }
}
