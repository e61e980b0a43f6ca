import { type OwnSignInBody, ownSignIn, ownSignIns, type ReportedSignInBody, reportedSignIn } from '#contract/graph/own-sessions.ts'
import { deviceOf } from '#server/domain/device.ts'
import type { Filter } from '#server/domain/query.ts'
import type { Reported } from '#server/domain/report-suspicious.ts'
import type { RecordedSignIn } from '#server/domain/sign-in-event.ts'
import { list, one } from '#server/http/answers.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { reportSignIn } from './report-sign-in.ts'
import { becauseOf, methodNames, type NextStep, toBecause, toNextStep } from './words.ts'

const kind = 'me/signIns'

/** What was done in one's name lately. */
export const ownSignInRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/signIns',
    permission: 'me.sign-ins.read',
    summary: 'List one’s own sign-ins, and what others tried with one’s number or name, newest first',
    queryable: ownSignIns,
    answers: { status: 200, schema: ownSignIn, list: true },
    handle: async (call) => {
      const filter = ofPerson(call.caller.id)
      return list(call, kind, await call.system.signIns.list({ ...call.query, filter }), (found) => present(call, found))
    },
  }),
  route({
    method: 'POST',
    path: '/me/signIns/:signInId/report',
    permission: 'me.end-sessions',
    summary: 'Say that it was not oneself: signs out everywhere else and forgets every known browser',
    answers: { status: 200, schema: reportedSignIn },
    handle: async (call) => {
      const id = call.params.signInId ?? ''
      return one(call, kind, presentReport(call, id, await reportSignIn(call.system, call.caller, id)))
    },
  }),
]

/** What a session or a token answered by itself was nobody's doing, and would hide what was. */
function ofPerson(userId: string): Filter {
  return {
    kind: 'and',
    left: { kind: 'compare', property: 'userId', operator: 'eq', value: userId },
    right: { kind: 'compare', property: 'isInteractive', operator: 'eq', value: true },
  }
}

function present({ caller, locale }: Call, signIn: RecordedSignIn): OwnSignInBody {
  const { id, startedAt, appId, appDisplayName, identifierMasked, steps, result, address, userAgent, sessionId, reportedAt } = signIn
  const because = becauseOf(result)
  const isCurrentSession = sessionId !== undefined && sessionId === caller.sessionName
  return {
    id,
    createdDateTime: startedAt.toISOString(),
    appId,
    appDisplayName,
    identifier: identifierMasked,
    methods: [...new Set(steps.map(({ method }) => methodNames[method]))],
    result: because === undefined ? 'signedIn' : because === 'notFinished' ? 'notFinished' : 'failed',
    because: because === undefined ? null : toBecause(because, locale),
    ipAddress: address,
    location: { city: null, state: null, countryOrRegion: null },
    ...deviceOf(userAgent),
    sessionId: sessionId ?? null,
    isCurrentSession,
    reportedDateTime: reportedAt?.toISOString() ?? null,
    canReport: !isCurrentSession && reportedAt === undefined,
  }
}

function presentReport({ system, locale }: Call, id: string, { user, reportedAt, endedSessions }: Reported): ReportedSignInBody {
  const hasHelp = system.organization.technicalMails.length > 0 || system.branding.note !== undefined
  const steps: NextStep[] = [
    ...(user.passwordChangedAt ? (['changePassword'] as const) : []),
    'checkSecurityInfo',
    ...(hasHelp ? (['tellHelpDesk'] as const) : []),
  ]
  return { id, reportedDateTime: reportedAt.toISOString(), endedSessions, nextSteps: steps.map((step) => toNextStep(step, locale)) }
}
