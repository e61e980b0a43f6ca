import { hash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Interaction } from '#server/domain/interaction.ts'
import { identifyPerson } from '#server/features/sign-in/identify-person.ts'
import { proveCode } from '#server/features/sign-in/prove-code.ts'
import { readCookie, setCookie } from '#server/http/cookies.ts'
import { flowSealer } from '#server/http/sign-in-flow.ts'
import type { Installation, System } from '#server/system.ts'
import type { Seat } from './seat.ts'

/** No OpenID Connect around it: a number is told, a code comes and is told, and a session begins. The rest is as in a sign-in. */
export function mountCodes(app: FastifyInstance, installation: Installation, { tenantId, clientId }: Seat): void {
  const sealer = flowSealer(installation.parts.masterKey.derive('bench flow'))
  const place = [tenantId, 'bench']
  const interaction: Interaction = {
    id: 'bench',
    appId: clientId,
    appName: 'Rooster',
    appOrigin: undefined,
    wants: 'sign_in',
    needsTwoFactors: false,
    isUnobtainable: false,
    loginHint: undefined,
    uiLocales: undefined,
    userId: undefined,
    isDeviceCode: false,
    isAnywhere: false,
  }

  app.post<{ Body: { number: string } }>('/bench/send', async (request, reply) => {
    const system = await systemOf(installation, tenantId)
    const visitor = randomBytes(16).toString('base64url')
    const outcome = await identifyPerson(system, {
      typed: request.body.number,
      country: undefined,
      interaction,
      browser: { binding: hash('sha256', visitor, 'base64url'), device: undefined, address: request.ip },
      locale: 'nl',
      userAgent: request.headers['user-agent'] ?? '',
      requestId: request.id,
      findHomes: undefined,
    })
    if (outcome.kind !== 'code') return reply.code(400).send(outcome)
    const { challengeId, attemptId } = outcome
    const until = new Date(system.now().getTime() + 900_000)
    const flow = sealer.seal({ step: 'code', challengeId, attemptId, typed: visitor }, place, until)
    setCookie(reply, 'flow', flow)
    return { sent: true }
  })

  app.post<{ Body: { code: string } }>('/bench/verify', async (request, reply) => {
    const system = await systemOf(installation, tenantId)
    const { challengeId = '', attemptId = '', typed = '' } = sealer.open(readCookie(request, 'flow') ?? '', place, system.now()) ?? {}
    const device = randomBytes(16).toString('base64url')
    const session = randomBytes(32).toString('base64url')
    const browser = { binding: hash('sha256', typed, 'base64url'), device: undefined, address: request.ip }
    const answer = { challengeId, attemptId, code: request.body.code, browser, device }
    const outcome = await proveCode(system, answer, async ({ oidcRecords, authority }, { userId }) => {
      const epoch = (await authority.findAccount(userId))?.epoch
      const payload = { accountId: userId, amr: ['sms'], loginTs: Math.floor(Date.now() / 1000) }
      const expiresAt = new Date(system.now().getTime() + 3_600_000)
      const record = { payload, userId, epoch, grantId: undefined, uid: session.slice(0, 21), userCode: undefined, expiresAt }
      await oidcRecords.save('Session', session, record, system.now())
    })
    if (outcome.kind !== 'passed') return reply.code(400).send({ kind: outcome.kind })
    setCookie(reply, 'session', session)
    return { userId: outcome.userId }
  })
}

async function systemOf(installation: Installation, tenantId: string): Promise<System> {
  return (await installation.systemOf(tenantId)) ?? Promise.reject(new Error('there is no such tenant'))
}
