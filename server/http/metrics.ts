import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export interface MessageCount {
  method: string
  state: string
  reason: string
  count: number
}

type CountMessages = () => Promise<readonly MessageCount[]>

/** Counts what is asked and how long it takes. Labels are route patterns, never addresses, so they stay few and name nobody. */
export function mountMetrics(app: FastifyInstance, token: string | undefined, countMessages: CountMessages): void {
  if (token === undefined) return
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({ name: 'sesam_http_requests_total', help: 'Answered requests', labelNames, registers: [registry] })
  const seconds = new Histogram({
    name: 'sesam_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route'] as const,
    buckets: secondsBuckets,
    registers: [registry],
  })
  measure(registry, { name: 'sesam_texts', help: 'Text messages of the last day, by what became of them', method: 'sms' }, countMessages)
  measure(registry, { name: 'sesam_mails', help: 'E-mails of the last day, by what became of them', method: 'email' }, countMessages)
  measure(registry, { name: 'sesam_calls', help: 'Phone calls of the last day, by what became of them', method: 'voice' }, countMessages)
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none' }
    requests.inc({ ...labels, status: `${Math.floor(reply.statusCode / 100)}xx` })
    seconds.observe(labels, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (request, reply) => {
    if (!isBearer(request.headers.authorization, token)) return reply.status(401).header('www-authenticate', 'Bearer').send()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** What became of the messages of the last day, over all nodes: those that failed and those that were held are what an operator must hear of. */
function measure(registry: Registry, of: { name: string; help: string; method: string }, countMessages: CountMessages): void {
  const gauge = new Gauge({
    name: of.name,
    help: of.help,
    labelNames: ['state', 'reason'] as const,
    registers: [registry],
    async collect() {
      // While the store is away the rest is all the more worth knowing.
      const counts = await countMessages().catch(() => [])
      gauge.reset()
      for (const { method, state, reason, count } of counts) if (method === of.method) gauge.set({ state, reason }, count)
    },
  })
}

function isBearer(header: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
