import { randomUUID } from 'node:crypto'
import type { SendResult } from '../send-result.ts'
import type { OutgoingText, SmsGateway } from './sms-gateway.ts'

export interface InboxMessage {
  id: string
  channel: 'sms'
  to: string
  text: string
  createdDateTime: string
}

const kept = 200

/** For evaluations and tests: texts stay in memory, for everybody who can reach the page to read. */
export class Inbox implements SmsGateway {
  readonly name = 'inbox'
  readonly perSecond = undefined
  readonly #now: () => Date
  readonly #messages: InboxMessage[] = []
  readonly #keys = new Set<string>()

  constructor(now: () => Date) {
    this.#now = now
  }

  async send({ to, text, key }: OutgoingText): Promise<SendResult> {
    if (this.#keys.has(key)) return { kind: 'sent' }
    this.#keys.add(key)
    this.#messages.unshift({ id: randomUUID(), channel: 'sms', to, text, createdDateTime: this.#now().toISOString() })
    if (this.#messages.length > kept) this.#messages.length = kept
    if (this.#keys.size > 50 * kept) this.#keys.clear()
    return { kind: 'sent' }
  }

  /** Newest first. */
  messages(): readonly InboxMessage[] {
    return this.#messages
  }
}
