import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '#server/app.ts'
import type { Config } from '#server/config.ts'
import { openLog } from '#server/http/logging.ts'
import { startJobs } from '#server/jobs/schedule.ts'
import type { Installation } from '#server/system.ts'
import { CommandRefused, type Surroundings } from './command.ts'

const drainMaxMs = 10_000

/** Answers requests until the process is asked to end; then finishes what is under way and leaves nothing half done. */
export async function listenUntilEnded(around: Surroundings, config: Config, installation: Installation, ready: () => void): Promise<void> {
  const log = openLog(config.logLevel)
  let draining = false
  const app = createApp({
    installation,
    log,
    hosts: answeredHosts(config),
    trustedProxies: config.trustedProxies,
    metricsToken: config.metricsToken,
    isDraining: () => draining,
  })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new CommandRefused(`Port ${config.port} is taken. Choose another with PORT=…`)
    }
    throw error
  }
  const jobs = startJobs(installation, { dataDirectory: config.dataDirectory, log })
  ready()
  await around.ended
  draining = true
  // A connection that was answered just now would otherwise stay open for the next request that must not come.
  const letGo = setInterval(() => app.server.closeIdleConnections(), 50)
  await Promise.race([app.close(), pause(drainMaxMs, undefined, { ref: false })])
  clearInterval(letGo)
  await jobs.stop()
  log.flush()
}

/** The public name, and this machine's own names as long as only this machine can reach the server. */
function answeredHosts(config: Config): ReadonlySet<string> {
  const { host, protocol } = new URL(config.publicUrl)
  const hosts = new Set([host])
  if (protocol === 'http:') for (const name of ['localhost', '127.0.0.1', '[::1]']) hosts.add(`${name}:${config.port}`)
  return hosts
}
