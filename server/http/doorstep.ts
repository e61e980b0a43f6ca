import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#server/domain/refusal.ts'
import { protect } from './headers.ts'

const urlMaxLength = 8 * 1024

/** By these a proxy, or anybody, says what another address, host, path or method is meant. Only the configured address says where we are. */
const saysOtherwise =
  /^(?:forwarded|x-forwarded-.+|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|x-original-(?:url|host|uri)|x-rewrite-url|x-host|x-http-method(?:-override)?|x-method-override)$/
const isLocalhost = /^localhost(?::\d+)?$/

/** What every request meets before anybody asks where it wants to go. Health probes use bare addresses, so those doors take any host. */
export function meet(request: FastifyRequest, reply: FastifyReply, hosts: ReadonlySet<string>): void {
  protect(reply)
  reply.header('request-id', request.id)
  hearOnlyNamedProxies(request)
  const host = request.headers.host?.toLowerCase() ?? ''
  if (!hosts.has(host) && !request.url.startsWith('/health/')) refuse('host_unknown')
  // A browser would hold everything else this machine serves under that name to https, for two years.
  if (isLocalhost.test(host)) reply.removeHeader('strict-transport-security')
  if (request.url.length > urlMaxLength) refuse('url_too_long', { limit: String(urlMaxLength) })
}

/**
 * Whoever comes after this finds the caller's address in `request.ip` and nothing that could say otherwise. Fastify walks
 * `X-Forwarded-For` from the right to the first address that is no proxy of ours; where that is no address at all, we take the proxy's.
 */
function hearOnlyNamedProxies(request: FastifyRequest): void {
  const { headers } = request.raw
  const mayName = (request.ips?.length ?? 0) > 1
  const isGarbled = mayName && isIP(request.ip) === 0
  if (isGarbled) request.log.warn({ requestId: request.id }, 'a trusted proxy sent an X-Forwarded-For that is no address')
  for (const name of Object.keys(headers)) {
    const isKept = name === 'x-forwarded-for' && mayName && !isGarbled
    if (!isKept && saysOtherwise.test(name)) delete headers[name]
  }
}
