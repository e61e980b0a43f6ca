import type { FastifyInstance } from 'fastify'
import { refuse } from '#server/domain/refusal.ts'

const everyMethod = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'] as const

/** Says 405, and which methods there are, instead of pretending that nothing lives at this address. */
export function refuseOtherMethods(app: FastifyInstance, url: string, known: readonly string[]): void {
  const allow = known.join(', ')
  app.route({
    method: everyMethod.filter((method) => !known.includes(method)),
    url,
    onRequest: async () => refuse('method_not_allowed', { allow }),
    handler: () => refuse('method_not_allowed', { allow }),
  })
}
