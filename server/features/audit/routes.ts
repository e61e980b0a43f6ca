import { Readable } from 'node:stream'
import { auditActivity, directoryAudit, directoryAuditFile, directoryAudits, oneDirectoryAudit } from '#contract/graph/directory-audits.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, one, wholeList } from '#server/http/answers.ts'
import { attachment } from '#server/http/attachment.ts'
import { type Route, route } from '#server/http/route.ts'
import { exportEvents } from './export-events.ts'
import { presentEvent } from './present-event.ts'

const kind = 'auditLogs/directoryAudits'

/** The log is read here and nowhere written: events come into being with the changes they tell of. */
export const auditRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/auditLogs/directoryAudits',
    permission: 'audit.read',
    summary: 'List who changed what, newest first',
    queryable: directoryAudits,
    answers: { status: 200, schema: directoryAudit, list: true },
    handle: async (call) => list(call, kind, await call.system.audit.list(call.query), presentEvent),
  }),
  route({
    method: 'GET',
    path: '/auditLogs/directoryAudits/:id',
    permission: 'audit.read',
    summary: 'Read one entry of the audit log',
    queryable: oneDirectoryAudit,
    answers: { status: 200, schema: directoryAudit },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const event = (await call.system.audit.find(id)) ?? refuse('object_not_found', { id })
      return one(call, kind, presentEvent(event))
    },
  }),
]

/** What Graph has no address for. */
export const auditOwnRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/auditLogs/activities',
    permission: 'audit.read',
    summary: 'List what has happened here at least once, to filter the audit log by',
    answers: { status: 200, schema: auditActivity, list: true },
    handle: async (call) => wholeList(call, 'auditLogs/activities', await call.system.audit.activities()),
  }),
  route({
    method: 'GET',
    path: '/auditLogs/directoryAudits/export',
    permission: 'audit.read',
    summary: 'Download who changed what, as a CSV file; the audit log tells who did',
    queryable: directoryAuditFile,
    answers: { status: 200, csv: true },
    handle: async ({ system, caller, query }) => attachment('audit-log.csv', Readable.from(await exportEvents(system, caller, query))),
  }),
]
