import { oneSignIn, revealedIdentifier, signIn, signIns } from '#contract/graph/sign-ins.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { RecordedSignIn } from '#server/domain/sign-in-event.ts'
import { list, one } from '#server/http/answers.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { presentSignIn } from './present-sign-in.ts'
import { revealIdentifier } from './reveal-identifier.ts'

const kind = 'auditLogs/signIns'

/** The log is read here; the flows themselves write it. */
export const signInLogRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/auditLogs/signIns',
    permission: 'sign-ins.read',
    summary: 'List who signed in or tried to, newest first',
    queryable: signIns,
    answers: { status: 200, schema: signIn, list: true },
    handle: async (call) => list(call, kind, await call.system.signIns.list(call.query), presenting(call)),
  }),
  route({
    method: 'GET',
    path: '/auditLogs/signIns/:id',
    permission: 'sign-ins.read',
    summary: 'Read one sign-in',
    queryable: oneSignIn,
    answers: { status: 200, schema: signIn },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const found = (await call.system.signIns.find(id)) ?? refuse('object_not_found', { id })
      return one(call, kind, presenting(call)(found))
    },
  }),
]

/** What Graph has no address for. */
export const signInLogOwnRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/auditLogs/signIns/:id/revealIdentifier',
    permission: 'sign-ins.reveal',
    summary: 'Read what was typed to sign in, in full; the audit log tells who did',
    answers: { status: 200, schema: revealedIdentifier },
    handle: async (call) => one(call, kind, await revealIdentifier(call.system, call.caller, call.params.id ?? '')),
  }),
]

function presenting(call: Call) {
  return (found: RecordedSignIn) => presentSignIn(found, call.system.organization.id, call.locale)
}
