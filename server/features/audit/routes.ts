import { directoryAudit, directoryAudits, oneDirectoryAudit } from '#contract/graph/directory-audits.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
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
