import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#server/domain/refusal.ts'
import { protect } from './headers.ts'

const urlMaxLength = 8 * 1024

/** What every request meets before anybody asks where it wants to go. Health probes use bare addresses, so those doors take any host. */
export function meet(request: FastifyRequest, reply: FastifyReply, hosts: ReadonlySet<string>): void {
  protect(reply)
  reply.header('request-id', request.id)
  if (!hosts.has(request.headers.host?.toLowerCase() ?? '') && !request.url.startsWith('/health/')) refuse('host_unknown')
  if (request.url.length > urlMaxLength) refuse('url_too_long', { limit: String(urlMaxLength) })
}
