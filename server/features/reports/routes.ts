import { Readable } from 'node:stream'
import { registrationCounts, signInCounts, textCounts } from '#contract/graph/reports.ts'
import { type CountedReport, exportCounts } from '#server/domain/export-counts.ts'
import { attachment } from '#server/http/attachment.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { countRegistrations, countSignIns, countTexts } from './count-events.ts'
import { type Asked, readAsked } from './rules.ts'

/** What Graph has no address for: how many there were of something, over time. */
export const reportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/reports/signInCounts:parameters',
    permission: 'method-reports.read',
    summary: 'Count sign-ins by method and outcome, by the day or hour',
    answers: { status: 200, schema: signInCounts },
    handle: async (call) => summary(call, 'signInCounts', await countSignIns(call.system, askedOf(call, 'signInCounts'))),
  }),
  route({
    method: 'GET',
    path: '/reports/signInCounts:parameters/export',
    permission: 'method-reports.read',
    summary: 'Download sign-ins by method and outcome, by the day or hour, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async (call) => {
      const { value } = await countSignIns(call.system, askedOf(call, 'signInCounts'))
      return file(call, { id: 'signInCounts', displayName: 'Sign-ins over time', columns: ['moment', 'method', 'outcome', 'count'] }, value)
    },
  }),
  route({
    method: 'GET',
    path: '/reports/registrationCounts:parameters',
    permission: 'method-reports.read',
    summary: 'Count the methods that were registered, by the day or hour',
    answers: { status: 200, schema: registrationCounts },
    handle: async (call) => summary(call, 'registrationCounts', await countRegistrations(call.system, askedOf(call, 'registrationCounts'))),
  }),
  route({
    method: 'GET',
    path: '/reports/registrationCounts:parameters/export',
    permission: 'method-reports.read',
    summary: 'Download how many methods were registered, by the day or hour, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async (call) => {
      const { value } = await countRegistrations(call.system, askedOf(call, 'registrationCounts'))
      const columns = ['moment', 'method', 'by', 'count']
      return file(call, { id: 'registrationCounts', displayName: 'Registrations over time', columns }, value)
    },
  }),
  route({
    method: 'GET',
    path: '/reports/textCounts:parameters',
    permission: 'method-reports.read',
    summary: 'Count the codes that were sent by text, and those that were answered, by country',
    answers: { status: 200, schema: textCounts },
    handle: async (call) => summary(call, 'textCounts', await countTexts(call.system, askedOf(call, 'textCounts'))),
  }),
  route({
    method: 'GET',
    path: '/reports/textCounts:parameters/export',
    permission: 'method-reports.read',
    summary: 'Download how many codes were sent by text and answered, by country, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async (call) => {
      const { value } = await countTexts(call.system, askedOf(call, 'textCounts'))
      const columns = ['country', 'codes', 'answered', 'texts', 'failed']
      return file(call, { id: 'textCounts', displayName: 'Texts by country', columns }, value)
    },
  }),
]

function askedOf(call: Call<unknown>, name: string): Asked {
  return readAsked(name, call.params.parameters ?? '')
}

function summary(call: Call<unknown>, name: string, body: object): Answer {
  return { status: 200, body: { '@odata.context': `${call.base}/$metadata#reports/${name}`, ...body } }
}

async function file({ system, caller }: Call<unknown>, report: CountedReport, rows: Parameters<typeof exportCounts>[3]): Promise<Answer> {
  return attachment(`${report.id}.csv`, Readable.from(await exportCounts(system, caller, report, rows)))
}
