import { Readable } from 'node:stream'
import { importRow, importRows, importRun, importRuns, newImport, oneImport } from '#contract/graph/imports.ts'
import type { Locale } from '#contract/locale.ts'
import type { Counts, ImportRun, Note, RowResult } from '#server/domain/import-run.ts'
import { missingFor } from '#server/domain/permissions.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, one } from '#server/http/answers.ts'
import { attachment } from '#server/http/attachment.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import type { System } from '#server/system.ts'
import { resultsOf } from './list-results.ts'
import { rehearseImport, startImport } from './start-import.ts'
import { resultHeader, resultRow, wordsFor } from './words.ts'

const kind = 'imports'

/** People brought in by a file; Graph has no address for that. */
export const importRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/imports',
    permission: 'imports.add',
    summary: 'Bring in people and their numbers by a CSV file, or see what would happen',
    body: newImport,
    takesTable: true,
    answers: { status: 202, schema: importRun },
    handle: async (call) => {
      const { csv, dryRun = call.prefers.has('dry-run'), existing = call.prefers.has('skip-existing') ? 'skip' : 'update' } = call.body
      if (dryRun) return rehearsed(call, await rehearseImport(call.system, call.caller, { csv, existing }))
      const run = await startImport(call.system, call.caller, { csv, existing })
      const location = `${call.base}/imports/${run.id}`
      return { ...one(call, kind, presentRun(run, call.locale)), status: 202, headers: { location, 'retry-after': '1' } }
    },
  }),
  route({
    method: 'GET',
    path: '/imports',
    permission: 'imports.add',
    summary: 'List the imports of the last thirty days, newest first',
    queryable: importRuns,
    answers: { status: 200, schema: importRun, list: true },
    handle: async (call) => {
      const page = await call.system.imports.list(call.query, call.system.now())
      return list(call, kind, page, (run) => presentRun(run, call.locale))
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id',
    permission: 'imports.add',
    summary: 'See how far an import is',
    queryable: oneImport,
    answers: { status: 200, schema: importRun },
    handle: async (call) => one(call, kind, presentRun(await getRun(call.system, call.params.id), call.locale)),
  }),
  route({
    method: 'GET',
    path: '/imports/:id/rows',
    permission: 'imports.add',
    summary: 'List what became of each row of an import',
    queryable: importRows,
    answers: { status: 200, schema: importRow, list: true },
    handle: async (call) => {
      const { id } = await getRun(call.system, call.params.id)
      const page = await call.system.imports.results(id, call.query)
      return list(call, `${kind}('${id}')/rows`, page, (row) => presentRow(shownTo(call, row), call.locale))
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id/result',
    permission: 'imports.add',
    summary: 'Download what became of each row of an import, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async (call) => {
      const { id } = await getRun(call.system, call.params.id)
      return attachment('import-result.csv', Readable.from(resultFile(call, id)))
    },
  }),
]

async function getRun(system: System, id = ''): Promise<ImportRun> {
  return (await system.imports.find(id, system.now())) ?? refuse('object_not_found', { id })
}

async function* resultFile(call: Call<unknown>, id: string): AsyncGenerator<string> {
  yield resultHeader
  for await (const rows of resultsOf(call.system, id)) yield rows.map((row) => resultRow(call.locale, shownTo(call, row))).join('')
}

/** Another may have brought these people in, who was allowed to know whose numbers are whose. */
function shownTo({ caller, system }: Call<unknown>, result: RowResult): RowResult {
  if (missingFor(caller, 'phones.read', system.now()) === undefined) return result
  return {
    ...result,
    notes: result.notes.map((note) => (note.details.holder ? { ...note, details: { ...note.details, holder: '…' } } : note)),
  }
}

function rehearsed(call: Call<unknown>, { counts, rows }: { counts: Counts; rows: readonly RowResult[] }): Answer {
  const now = call.system.now().toISOString()
  const properties = {
    id: '00000000-0000-0000-0000-000000000000',
    status: 'succeeded',
    dryRun: true,
    createdDateTime: now,
    lastActionDateTime: now,
    rowsDone: sumOf(counts),
    ...counts,
    error: null,
    rows: rows.map((row) => presentRow(row, call.locale)),
  }
  return one(call, kind, properties)
}

function presentRun({ id, state, problem, isLeased, rowsDone, counts, startedAt, changedAt }: ImportRun, locale: Locale) {
  const underWay = isLeased || rowsDone > 0 ? 'running' : 'notStarted'
  return {
    id,
    status: state === 'waiting' ? underWay : state === 'done' ? 'succeeded' : 'failed',
    dryRun: false,
    createdDateTime: startedAt.toISOString(),
    lastActionDateTime: changedAt.toISOString(),
    rowsDone: sumOf(counts),
    ...counts,
    error: problem ? presentNote(problem, locale) : null,
  }
}

function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function presentRow({ row, userPrincipalName, outcome, notes }: RowResult, locale: Locale) {
  return { id: String(row), row, userPrincipalName, outcome, notes: notes.map((note) => presentNote(note, locale)) }
}

function presentNote(note: Note, locale: Locale) {
  return { code: note.code, message: wordsFor(locale, note) }
}
