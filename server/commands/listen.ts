import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '#server/app.ts'
import type { Config } from '#server/config.ts'
import { isLoopback } from '#server/domain/loopback.ts'
import type { MailInbox } from '#server/gateways/mail/inbox.ts'
import { SmtpGateway } from '#server/gateways/mail/smtp.ts'
import { HttpGateway } from '#server/gateways/sms/http.ts'
import type { Inbox } from '#server/gateways/sms/inbox.ts'
import { HttpVoiceGateway } from '#server/gateways/voice/http.ts'
import type { CallInbox } from '#server/gateways/voice/inbox.ts'
import { openWebFiles } from '#server/gateways/web-files.ts'
import { Certificate } from '#server/http/certificate.ts'
import { openLog } from '#server/http/logging.ts'
import { startPlacing } from '#server/jobs/place-calls.ts'
import { startJobs } from '#server/jobs/schedule.ts'
import { startMailing } from '#server/jobs/send-mails.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import type { Installation } from '#server/system.ts'
import { CommandRefused, type Surroundings } from './command.ts'
import { readProof, watchCertificate } from './watch-certificate.ts'

/** Where `npm run build` puts the web apps. */
export const builtWebDirectory = join(import.meta.dirname, '../../dist/web')

const drainMaxMs = 10_000

/** What stands in for the world outside while somebody tries the server. */
interface Rehearsal {
  inbox: Inbox
  callInbox: CallInbox
  mailInbox: MailInbox
  sampleAppId: string
}

/** Answers requests until the process is asked to end; then finishes what is under way and leaves nothing half done. */
export async function listenUntilEnded(
  around: Surroundings,
  config: Config,
  installation: Installation,
  ready: () => void,
  rehearsal?: Rehearsal,
): Promise<void> {
  const { inbox, callInbox, mailInbox, sampleAppId } = rehearsal ?? {}
  const log = openLog(config.logLevel)
  const voiceGateways = config.voiceGateways.map((options) => new HttpVoiceGateway(options, installation.parts.now))
  let draining = false
  const webFiles = openWebFiles(builtWebDirectory)
  if (!webFiles) log.warn('the web apps are not built, so My Account cannot be opened: run npm run build')
  const certificate = config.tls && new Certificate(readProof(config.tls))
  const app = createApp({
    installation,
    log,
    hosts: answeredHosts(config),
    trustedProxies: config.trustedProxies,
    certificate,
    metricsToken: config.metricsToken,
    inbox,
    callInbox,
    mailInbox,
    voiceGateways,
    sampleAppId,
    webFiles,
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
  const watching = certificate && config.tls && watchCertificate(certificate, app.server, config.tls, around.onHangUp, log)
  const jobs = startJobs(installation, { dataDirectory: config.dataDirectory, log })
  const gateways = inbox ? [inbox] : config.smsGateways.map((options) => new HttpGateway(options, installation.parts.now))
  if (gateways.length === 0) log.warn('SMS_GATEWAYS is not set: only organisations that set up a gateway of their own can send texts')
  const sending = startSending(installation, { gateways, log })
  const placing = startPlacing(installation, { gateways: callInbox ? [callInbox] : voiceGateways, log })
  const smtp = config.mail && new SmtpGateway(config.mail, { host: new URL(config.publicUrl).hostname })
  const mailing = startMailing(installation, { gateways: mailInbox ? [mailInbox] : smtp ? [smtp] : [], log })
  ready()
  await around.ended
  draining = true
  // A connection that was answered just now would otherwise stay open for the next request that must not come.
  const letGo = setInterval(() => app.server.closeIdleConnections(), 50)
  await Promise.race([app.close(), pause(drainMaxMs, undefined, { ref: false })])
  clearInterval(letGo)
  watching?.stop()
  await Promise.all([jobs.stop(), sending.stop(), placing.stop(), mailing.stop()])
  smtp?.close()
  installation.gateways.close()
  log.flush()
}

/** The public name, also with the port that goes without saying, and this machine's own names where only this machine is meant. */
function answeredHosts(config: Config): ReadonlySet<string> {
  const { host, hostname, protocol, port } = new URL(config.publicUrl)
  const hosts = new Set([host])
  if (port === '') hosts.add(`${host}:${protocol === 'https:' ? 443 : 80}`)
  if (isLoopback(hostname)) for (const name of ['localhost', '127.0.0.1', '[::1]']) hosts.add(`${name}:${config.port}`)
  return hosts
}
