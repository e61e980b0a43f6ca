import { createHash, randomUUID } from 'node:crypto'
import { closeSync, createReadStream, existsSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readCsv } from '#server/domain/csv.ts'
import { addedUp, type Counts, countOf, type ImportOrders, type ImportRun, noCounts, type RowResult } from '#server/domain/import-run.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { ImportTakenOver } from '#server/features/imports/import-batch.ts'
import { resultsOf } from '#server/features/imports/list-results.ts'
import { runImport, tryImport } from '#server/features/imports/run-import.ts'
import { fingerprintOf } from '#server/features/imports/start-import.ts'
import { resultHeader, resultRow, wordsFor } from '#server/features/imports/words.ts'
import { pendingMigrations } from '#server/store/migrate.ts'
import type { Installation, System } from '#server/system.ts'
import { type Command, CommandRefused, type Given, printable, type Surroundings } from './command.ts'
import { ImportProgress } from './import-progress.ts'
import { commandConfig, installationOf, openExistingOrExplain, openToReadOrExplain } from './open-installation.ts'

interface Wanted {
  file: string
  organisation: string | undefined
  isRehearsal: boolean
  keepsGoing: boolean
  existing: ImportOrders['existing']
  result: string | undefined
}

interface Orders extends Wanted {
  /** The embedded database lets in one process, so nobody else can be at it. */
  isAlone: boolean
}

/** Of rows that fail, and of others that have something to say. */
const toldMax = 20
const leaseMs = 60_000
const leaseTriesMax = 65
const theEnd = new Date(8.64e15)

export const importCommand: Command = {
  summary: 'brings in people and their numbers by a CSV file; tells first what would happen, and goes on where it was interrupted',
  usage: 'users.csv [--dry-run] [--result result.csv] [--organisation example.com] [--existing update|skip] [--keep-going]',
  options: {
    'dry-run': { type: 'boolean', meaning: 'only tells what would happen; may run beside the server' },
    result: { type: 'string', meaning: 'a file to write what became of each row to' },
    organisation: { type: 'string', meaning: 'one of its domains, where there is more than one organisation' },
    existing: { type: 'string', meaning: 'what to do with people who are here already: update (usual) or skip' },
    'keep-going': { type: 'boolean', meaning: 'brings in the others although some rows would fail' },
  },
  async run(around, given) {
    const wanted = readWanted(given)
    const config = commandConfig(around.environment)
    const database = wanted.isRehearsal ? openToReadOrExplain(config) : openExistingOrExplain(config)
    try {
      const pending = await pendingMigrations(database)
      if (pending.length > 0) throw new CommandRefused(`The database lacks ${pending.join(', ')}. Run migrate first.`)
      const system = await findSystem(installationOf(config, database), wanted.organisation)
      return await importInto(system, around, { ...wanted, isAlone: config.databaseUrl === undefined })
    } catch (error) {
      throw error instanceof Refusal ? new CommandRefused(wordsFor('en', error)) : error
    } finally {
      await database.close()
    }
  },
}

function readWanted({ words: [file, ...more], options }: Given): Wanted {
  if (file === undefined || more.length > 0) throw new CommandRefused('Say which file: import users.csv')
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandRefused(`There is no file ${printable(file)}.`)
  const { existing = 'update', organisation, result } = options
  if (existing !== 'update' && existing !== 'skip') throw new CommandRefused('--existing takes update or skip.')
  if (typeof result === 'string' && existsSync(result))
    throw new CommandRefused(`${printable(result)} is there already. Choose another name.`)
  if (typeof result === 'string' && !existsSync(dirname(result)))
    throw new CommandRefused(`There is no directory ${printable(dirname(result))}.`)
  return {
    file,
    organisation: typeof organisation === 'string' ? organisation : undefined,
    isRehearsal: options['dry-run'] === true,
    keepsGoing: options['keep-going'] === true,
    existing,
    result: typeof result === 'string' ? result : undefined,
  }
}

async function findSystem(installation: Installation, domain: string | undefined): Promise<System> {
  const ids = domain === undefined ? await installation.tenants.ids() : [await installation.tenants.findIdByDomain(domain)]
  const [id, another] = ids
  if (another !== undefined) throw new CommandRefused('There is more than one organisation here. Say which: --organisation example.com')
  const system = id === undefined ? undefined : await installation.systemOf(id)
  if (!system) throw new CommandRefused(`No organisation here has the domain ${printable(domain ?? '')}. bootstrap makes one.`)
  return system
}

async function importInto(system: System, around: Surroundings, wanted: Orders): Promise<number> {
  const fingerprint = fingerprintOf(await hashOf(wanted.file), wanted.existing)
  const interrupted = wanted.isRehearsal ? undefined : await system.imports.findUnfinished(fingerprint, system.now())
  if (!interrupted) {
    const counts = await rehearse(system, around, wanted)
    if (wanted.isRehearsal) return counts.failed > 0 ? 1 : 0
    if (counts.failed > 0 && !wanted.keepsGoing) {
      around.say('\nNothing was changed. Mend these rows, or bring in the others with --keep-going.')
      return 1
    }
  } else {
    around.say(`This file was interrupted after row ${interrupted.rowsDone} and goes on from there.`)
  }
  const run = interrupted ?? (await addRun(system, wanted, fingerprint))
  return carryOut(system, around, wanted, run)
}

async function rehearse(system: System, { say }: Surroundings, wanted: Wanted): Promise<Counts> {
  const progress = new ImportProgress('Looking', statSync(wanted.file).size)
  const output = wanted.isRehearsal && wanted.result !== undefined ? openResult(wanted.result) : undefined
  let counts = noCounts
  const told = { failed: 0, other: 0 }
  const existing = wanted.existing
  await tryImport(system, { caller: undefined, existing }, readCsv(progress.watch(createReadStream(wanted.file))), {
    onBatch(results) {
      counts = addedUp(counts, countOf(results))
      progress.tell(sumOf(counts))
      for (const result of results.filter(isTelling)) {
        const alike = result.outcome === 'failed' ? 'failed' : 'other'
        told[alike] += 1
        if (told[alike] <= toldMax) say(lineOf(result))
      }
      output?.write(results.map((result) => resultRow('en', result)).join(''))
    },
  }).finally(() => progress.end())
  output?.close()
  const untold = Math.max(0, told.failed - toldMax) + Math.max(0, told.other - toldMax)
  if (untold > 0) say(`… and ${untold} more rows; --result writes them all to a file.`)
  say(`${sumOf(counts)} rows: ${wordsOf(counts, 'would be')}.`)
  return counts
}

async function addRun(system: System, wanted: Wanted, fingerprint: string): Promise<ImportRun> {
  const id = randomUUID()
  const orders: ImportOrders = {
    importer: { kind: 'server', author: { author: { kind: 'server', name: 'import' }, requestId: id } },
    existing: wanted.existing,
  }
  await system.inTransaction(({ imports }) => imports.add({ id, orders, fingerprint, source: undefined }, system.now()))
  return (await system.imports.find(id, system.now())) ?? Promise.reject(new Error('the import just begun is not there'))
}

async function carryOut(system: System, around: Surroundings, wanted: Orders, run: ImportRun): Promise<number> {
  const lease = await takeLease(system, around, wanted, run.id)
  const stopping = new AbortController()
  around.ended.then(() => stopping.abort())
  const progress = new ImportProgress('Bringing in', statSync(wanted.file).size)
  let done = sumOf(run.counts)
  const onBatch = (results: readonly RowResult[]) => {
    done += results.length
    progress.tell(done)
  }
  const records = readCsv(progress.watch(createReadStream(wanted.file)))
  const ending = await runImport(system, run, lease, records, { signal: stopping.signal, onBatch })
    .catch((error) => {
      throw error instanceof ImportTakenOver ? new CommandRefused('Somebody else took this import over.') : error
    })
    .finally(() => progress.end())
  if (ending === 'stopped') {
    await system.inTransaction(({ imports }) => imports.letGo(run.id))
    around.say('Interrupted. The same command goes on from here.')
    return 1
  }
  return tellEnd(system, around, wanted, run.id)
}

/** Another process may still be at it. One that was killed cannot say so: its turn ends by itself. */
async function takeLease(system: System, { say }: Surroundings, { isAlone }: Orders, id: string): Promise<string> {
  const lease = randomUUID()
  for (let tries = 0; tries < leaseTriesMax; tries++) {
    const now = system.now()
    const isMine = await system.inTransaction(({ imports }) =>
      imports.lease(id, lease, new Date(now.getTime() + leaseMs), isAlone ? theEnd : now),
    )
    if (isMine) return lease
    if (tries === 0) say('Waiting until whoever was at it before is certainly gone.')
    await pause(1_000)
  }
  throw new CommandRefused('Somebody else brings in this file at the moment.')
}

async function tellEnd(system: System, { say }: Surroundings, { result }: Wanted, id: string): Promise<number> {
  const ended = await system.imports.find(id, system.now())
  const counts = ended?.counts ?? noCounts
  say(`${sumOf(counts)} rows: ${wordsOf(counts, 'were')}.`)
  if (ended?.problem) say(wordsFor('en', ended.problem))
  if (result !== undefined) {
    const output = openResult(result)
    for await (const rows of resultsOf(system, id)) output.write(rows.map((row) => resultRow('en', row)).join(''))
    output.close()
    say(`What became of each row stands in ${printable(result)}.`)
  }
  return counts.failed > 0 || ended?.problem ? 1 : 0
}

/** A file that is there already is somebody's. */
function openResult(path: string) {
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, resultHeader)
  return { write: (text: string) => writeSync(file, text), close: () => closeSync(file) }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

function isTelling({ outcome, notes }: RowResult): boolean {
  return outcome === 'failed' || notes.length > 0
}

function lineOf({ row, userPrincipalName, outcome, notes }: RowResult): string {
  const words = notes.map((note) => wordsFor('en', note)).join(' ')
  return printable(
    `row ${row}${userPrincipalName ? ` (${userPrincipalName})` : ''} ${outcome === 'failed' ? 'fails' : 'needs a look'}: ${words}`,
  )
}

function wordsOf(counts: Counts, verb: string): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  return parts.length === 0 ? 'nothing to do' : `${verb} ${parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`
}

function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
