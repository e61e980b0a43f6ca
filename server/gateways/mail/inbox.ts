import { randomUUID } from 'node:crypto'
import type { SendResult } from '../send-result.ts'
import type { MailGateway, OutgoingMail } from './mail-gateway.ts'

export interface InboxMail {
  id: string
  channel: 'mail'
  to: string
  subject: string
  text: string
  createdDateTime: string
}

const kept = 200

/** For evaluations and tests: mails stay in memory, for everybody who can reach the page to read. */
export class MailInbox implements MailGateway {
  readonly name = 'inbox'
  readonly perSecond = undefined
  readonly #now: () => Date
  readonly #mails: InboxMail[] = []
  readonly #keys = new Set<string>()

  constructor(now: () => Date) {
    this.#now = now
  }

  async send({ to, subject, text, key }: OutgoingMail): Promise<SendResult> {
    if (this.#keys.has(key)) return { kind: 'sent' }
    this.#keys.add(key)
    this.#mails.unshift({ id: randomUUID(), channel: 'mail', to, subject, text, createdDateTime: this.#now().toISOString() })
    if (this.#mails.length > kept) this.#mails.length = kept
    if (this.#keys.size > 50 * kept) this.#keys.clear()
    return { kind: 'sent' }
  }

  /** Newest first. */
  messages(): readonly InboxMail[] {
    return this.#mails
  }
}
