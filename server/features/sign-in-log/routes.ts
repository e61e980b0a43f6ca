import { Readable } from 'node:stream'
import {
  oneSignIn,
  oneToldSignIn,
  revealedIdentifier,
  signIn,
  signInEntries,
  signInEntry,
  signInFile,
  signIns,
  toldSignIn,
} from '#contract/graph/sign-ins.ts'
import { missingFor } from '#server/domain/permissions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { RecordedSignIn } from '#server/domain/sign-in-event.ts'
import { list, one } from '#server/http/answers.ts'
import { attachment } from '#server/http/attachment.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { exportSignIns } from './export-sign-ins.ts'
import { presentSignIn } from './present-sign-in.ts'
import { revealIdentifier } from './reveal-identifier.ts'
import { presentEntry, tellSignIn } from './tell-sign-in.ts'

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
    method: 'GET',
    path: '/auditLogs/signIns',
    permission: 'sign-ins.read',
    summary: 'List who signed in or tried to, with how each attempt ended; newest first',
    queryable: signInEntries,
    answers: { status: 200, schema: signInEntry, list: true },
    handle: async (call) => {
      const present = (found: RecordedSignIn) => presentEntry(found, call.system.organization.id, call.locale)
      return list(call, kind, await call.system.signIns.list(call.query), present)
    },
  }),
  route({
    method: 'GET',
    path: '/auditLogs/signIns/export',
    permission: 'sign-ins.read',
    summary: 'Download who signed in or tried to, as a CSV file; the audit log tells who did',
    queryable: signInFile,
    answers: { status: 200, csv: true },
    handle: async ({ system, caller, query, locale }) =>
      attachment('sign-ins.csv', Readable.from(await exportSignIns(system, caller, query, locale))),
  }),
  route({
    method: 'GET',
    path: '/auditLogs/signIns/:id',
    permission: 'sign-ins.read',
    summary: 'Read one sign-in step by step, with what can be done about it',
    queryable: oneToldSignIn,
    answers: { status: 200, schema: toldSignIn },
    handle: async (call) => {
      const { system, caller, locale, params } = call
      const id = params.id ?? ''
      const found = (await system.signIns.find(id)) ?? refuse('object_not_found', { id })
      const mayReveal = missingFor(caller, 'sign-ins.reveal', system.now()) === undefined
      return one(call, kind, tellSignIn(found, system.organization.id, mayReveal, locale))
    },
  }),
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
