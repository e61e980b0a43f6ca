import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import type { Server } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { type TlsPaths, tlsProblems } from '#server/config.ts'
import type { Certificate, Proof } from '#server/http/certificate.ts'
import type { Surroundings } from './command.ts'

/** Asked of the file by its name each time: renewal tools put another file, or another link, in its place. */
const lookEveryMs = 30_000

type Log = Pick<FastifyBaseLogger, 'info' | 'error'>

/** Serves with the new files as soon as they are renewed or the operator says so. */
export function watchCertificate(
  certificate: Certificate,
  server: Server,
  paths: TlsPaths,
  onHangUp: Surroundings['onHangUp'],
  log: Log,
): { stop(): void } {
  const look = () => renew(certificate, server, paths, log)
  const names = Object.values(paths)
  for (const name of names) watchFile(name, { interval: lookEveryMs, persistent: false }, look)
  const hearNoMore = onHangUp(look)
  return {
    stop() {
      for (const name of names) unwatchFile(name, look)
      hearNoMore()
    },
  }
}

/** Between the writing of the one file and the other they do not fit; what was served before is served until they do. */
function renew(certificate: Certificate, server: Server, paths: TlsPaths, log: Log): void {
  try {
    const problems = tlsProblems(paths, new Date())
    if (problems.length > 0) throw new Error(problems.join(' '))
    certificate.renew(readProof(paths), server)
    log.info('the certificate was read again')
  } catch (error) {
    log.error({ err: error }, 'the certificate could not be read again; the one of before is served on')
  }
}

export function readProof({ certificatePath, keyPath }: TlsPaths): Proof {
  return { cert: readFileSync(certificatePath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
}
