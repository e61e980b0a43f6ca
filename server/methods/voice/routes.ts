import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type CallReply, callReport } from '#contract/call-reports.ts'
import { type ReportedCall, reportPattern } from '#server/domain/call-proof.ts'
import { ownGatewayName } from '#server/domain/own-gateway.ts'
import { refuse } from '#server/domain/refusal.ts'
import { isSigned } from '#server/domain/signed-report.ts'
import { voiceOf } from '#server/domain/voice-gateway-options.ts'
import { readBody } from '#server/http/read-body.ts'
import { strictJson } from '#server/http/strict-json.ts'
import type { Installation } from '#server/system.ts'
import { takeReport } from './take-report.ts'

/** Who reports, and what proves it. */
export interface Reporter {
  name: string
  secret: string
}

/**
 * Where providers say what became of a call. The address holds a secret of that call and the report is signed by its provider; who has only one
 * of the two changes nothing. The body is read as it came, since that is what was signed.
 */
export function mountCallReports(app: FastifyInstance, installation: Installation, reporters: readonly Reporter[]): void {
  app.register(async (reports) => {
    reports.removeAllContentTypeParsers()
    reports.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, text: string | Buffer) =>
      String(text),
    )
    reports.post(reportPattern, async (request, reply) => take(installation, reporters, request, reply))
  })
}

async function take(
  installation: Installation,
  reporters: readonly Reporter[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { call, token } = reportedCall(request)
  const system = await installation.systemOf(call.tenantId)
  const secret =
    call.gateway === ownGatewayName ? system?.gateways.reportSecret : reporters.find(({ name }) => name === call.gateway)?.secret
  // A call that is forgotten, or never was: there is nothing to say, and nothing to learn.
  if (!secret || !system?.callProofs.isToken(call, token)) return reply.status(204).send()

  const header = (name: string) => String(request.headers[name] ?? '')
  const body = typeof request.body === 'string' ? request.body : ''
  const signed = { id: header('webhook-id'), timestamp: header('webhook-timestamp'), body }
  if (!signed.id || !isSigned(secret, signed, header('webhook-signature'), system.now())) refuse('report_unproven')
  const { say, locale, listens } = await takeReport(system, call, signed.id, readBody(callReport, strictJson(body)))
  if (say.length === 0) return reply.status(204).send()
  const answer: CallReply = { say, language: voiceOf(locale), listen: listens }
  return reply.header('cache-control', 'no-store').send(answer)
}

function reportedCall({ params }: FastifyRequest): { call: ReportedCall; token: string } {
  // Fastify types the parts of an address by route; this one has just these.
  const { gateway = '', tenantId = '', callId = '', round = '', token = '' } = params as Readonly<Record<string, string | undefined>>
  return { call: { gateway, tenantId, callId, round: Number(round) }, token }
}
