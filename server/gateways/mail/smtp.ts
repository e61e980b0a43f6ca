import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { MailOptions } from '#server/domain/mail-options.ts'
import type { SendResult } from '../send-result.ts'
import type { MailGateway, OutgoingMail } from './mail-gateway.ts'

/** Before the lease of whoever sends runs out, or somebody else would send the same mail meanwhile. */
const patienceMs = 20_000
const connectionsMax = 5

interface Reach {
  /** Our own host, which the mail server is told and message ids end with. */
  host: string
  /** Beside the certificates that everybody trusts, for a test. */
  trusted?: string
  /** What the server's name means at that moment, where not every address will do; the connection is made to just that. */
  find?(host: string): Promise<{ address: string }>
}

/** Any mail server that takes mail for others. Without TLS nothing is said to it, not even who we are, unless it is this machine. */
export class SmtpGateway implements MailGateway {
  readonly name: string
  readonly perSecond = undefined
  readonly #from: string
  readonly #host: string
  readonly #transport: ReturnType<typeof createTransport>

  constructor({ host, port, isTls, isLocal, user, password, from }: MailOptions, reach: Reach) {
    this.name = host
    this.#from = from
    this.#host = reach.host
    this.#transport = createTransport({
      host,
      port,
      secure: isTls,
      requireTLS: !isTls && !isLocal,
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isLocal, ...(reach.trusted !== undefined && { ca: reach.trusted }) },
      ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
      name: reach.host,
      pool: true,
      ...(reach.find && { getSocket: connecting(reach.find) }),
      maxConnections: connectionsMax,
      connectionTimeout: patienceMs / 4,
      greetingTimeout: patienceMs / 4,
      socketTimeout: patienceMs / 2,
      // What is sent is what stands in the mail, whatever a name in it looks like.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  async send(mail: OutgoingMail): Promise<SendResult> {
    const late = pause(patienceMs, { kind: 'failed', reason: 'ETIMEDOUT' } as const, { ref: false })
    return Promise.race([this.#hand(mail), late])
  }

  close(): void {
    this.#transport.close()
  }

  async #hand({ to, fromName, subject, text, html, locale, key }: OutgoingMail): Promise<SendResult> {
    try {
      await this.#transport.sendMail({
        from: { name: plain(fromName), address: this.#from },
        to: { name: '', address: to },
        envelope: { from: this.#from, to: [to] },
        subject: plain(subject),
        text,
        html,
        messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${this.#host}>`,
        xMailer: false,
        // RFC 3834: nobody's holiday notice answers it.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': locale },
      })
      return { kind: 'sent' }
    } catch (error) {
      return resultOf(error)
    }
  }
}

type Connected = (error: Error | null, found?: { connection: Socket }) => void

function connecting(find: NonNullable<Reach['find']>) {
  return ({ host, port }: { host?: string | undefined; port?: number | string | undefined }, done: Connected): void => {
    const refused = (error: Error) => done(error)
    find(host ?? '').then(({ address }) => {
      const connection = connect({ host: address, port: Number(port), timeout: patienceMs / 4 })
      connection.once('error', refused)
      connection.once('timeout', () => connection.destroy(new TimedOut()))
      connection.once('connect', () => {
        connection.off('error', refused)
        connection.removeAllListeners('timeout').setTimeout(0)
        done(null, { connection })
      })
    }, refused)
  }
}

class TimedOut extends Error {
  readonly code = 'ETIMEDOUT'
}

/** What only the mail or its receiver can be the cause of stays a no; a server that does not know us, or is in trouble, may come round. */
function resultOf(error: unknown): SendResult {
  // What a server says may quote the address: only its number is told.
  const { code, responseCode } = error instanceof Error ? (error as Error & { code?: unknown; responseCode?: unknown }) : {}
  const reason = typeof responseCode === 'number' ? `status ${responseCode}` : typeof code === 'string' ? code : 'unknown'
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isFinal = isAboutMail && typeof responseCode === 'number' && responseCode >= 500
  return isFinal ? { kind: 'refused', reason } : { kind: 'failed', reason }
}

/** A header is one line, whatever an organisation is called. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
