import type { FastifyInstance } from 'fastify'
import type { Installation } from '#server/system.ts'

export const clockDifferenceMaxMs = 2_000

/** Live: the process answers. Ready: it may be given work, because its store answers and agrees with it about the time. */
export function mountHealth(app: FastifyInstance, installation: Installation, isDraining: () => boolean): void {
  const { database, now } = installation.parts
  app.get('/health/live', { exposeHeadRoute: true }, async (_request, reply) => reply.send({ status: 'live' }))
  app.get('/health/ready', { exposeHeadRoute: true }, async (_request, reply) => {
    const problem = isDraining() ? 'draining' : await storeProblem()
    return reply.status(problem ? 503 : 200).send({ status: problem ?? 'ready' })
  })

  async function storeProblem(): Promise<string | undefined> {
    try {
      await database.run('select 1', [])
      const storeTime = await database.storeTime()
      if (storeTime === undefined) return undefined
      return Math.abs(storeTime - now().getTime()) > clockDifferenceMaxMs ? 'clock differs from the store' : undefined
    } catch {
      return 'store unavailable'
    }
  }
}
