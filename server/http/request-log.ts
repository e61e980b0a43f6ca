import type { FastifyInstance, FastifyRequest } from 'fastify'

const traceParent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** One line for each answer. Paths are written as patterns: an address may carry a name, a number or a token. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        requestId: request.id,
        traceId: traceIdOf(request),
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        tenantId: request.identified?.system.organization.id,
        callerId: request.identified?.caller.id,
      },
      'answered',
    )
  })
}

/** W3C trace context: the trace this request belongs to, when the caller said so. */
function traceIdOf(request: FastifyRequest): string | undefined {
  const { traceparent } = request.headers
  return typeof traceparent === 'string' ? traceParent.exec(traceparent)?.[1] : undefined
}
