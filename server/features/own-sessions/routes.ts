import { type OwnSessionBody, ownSession, sessionsEndedBody } from '#contract/graph/own-sessions.ts'
import { deviceOf } from '#server/domain/device.ts'
import { noContent, one, wholeList } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { listSessions, type SeenSession } from './list-sessions.ts'

/** Where one is signed in. That of everybody else nobody is told, and all of it at once ends at `revokeSignInSessions`. */
export const ownSessionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/sessions',
    permission: 'me.sessions.read',
    summary: 'List where one is signed in: browsers and devices, and the apps there',
    answers: { status: 200, schema: ownSession, list: true },
    handle: async (call) => wholeList(call, 'me/sessions', (await listSessions(call.system, call.caller)).map(present)),
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:sessionId',
    permission: 'me.end-sessions',
    summary: 'Sign out in one place, at once',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await endSession(system, caller, params.sessionId ?? '')
      return noContent
    },
  }),
  route({
    method: 'POST',
    path: '/me/sessions/endOthers',
    permission: 'me.end-sessions',
    summary: 'Sign out everywhere but here, at once',
    answers: { status: 200, schema: sessionsEndedBody },
    handle: async (call) => {
      const endedSessions = await endOtherSessions(call.system, call.caller)
      return one(call, 'me/sessions', { id: 'endOthers', endedSessions })
    },
  }),
]

function present(session: SeenSession): OwnSessionBody {
  const { name, isCurrent, startedAt, seenAt, provenAt, endsAt, trace, apps, appNames } = session
  return {
    id: name,
    isCurrent,
    startedDateTime: startedAt.toISOString(),
    lastSeenDateTime: seenAt.toISOString(),
    provenDateTime: provenAt.toISOString(),
    expiresDateTime: endsAt?.toISOString() ?? null,
    ...deviceOf(trace?.userAgent ?? ''),
    ipAddress: trace?.address ?? null,
    location: { city: null, state: null, countryOrRegion: null },
    apps: apps.map(({ appId }) => ({ appId, displayName: appNames.get(appId) ?? appId })),
  }
}
