import { randomBytes, randomUUID } from 'node:crypto'
import { signingHeaders } from '#server/domain/signed-report.ts'
import { voiceOf } from '#server/domain/voice-gateway-options.ts'
import type { SendResult } from '../send-result.ts'
import type { OutgoingCall, VoiceGateway } from './voice-gateway.ts'

export interface InboxCall {
  id: string
  channel: 'voice'
  to: string
  extension: string | null
  /** BCP 47, for whoever reads it aloud. */
  language: string
  state: 'ringing' | 'talking' | 'over'
  /** What was said and what was pressed, in order. */
  transcript: { by: 'voice' | 'keys'; text: string }[]
  createdDateTime: string
}

export type InboxAct = 'answer' | 'decline' | 'busy' | 'hangUp'

/** Hands a report to the server's own door, and brings what it answers. */
export type Deliver = (address: string, body: string, headers: Readonly<Record<string, string>>) => Promise<unknown>

const kept = 100
/** Then nobody picked it up. */
const ringMs = 45_000

const events = { answer: 'answered', decline: 'hungUp', busy: 'busy', hangUp: 'hungUp' } as const

/**
 * For evaluations and tests: a phone on a page. It is to the server what any provider is: it learns nothing but the words, and reports at the
 * same door with the same proof.
 */
export class CallInbox implements VoiceGateway {
  readonly name = 'inbox'
  readonly perSecond = undefined
  readonly dialsExtensions = true
  readonly secret = randomBytes(32).toString('base64url')
  readonly #now: () => Date
  readonly #calls: { call: InboxCall; key: string; reportsTo: string }[] = []
  #deliver: Deliver = async () => undefined

  constructor(now: () => Date) {
    this.#now = now
  }

  connect(deliver: Deliver): void {
    this.#deliver = deliver
  }

  async place({ to, extension, locale, reportsTo, key }: Omit<OutgoingCall, 'sentences'>): Promise<SendResult> {
    if (this.#calls.some((each) => each.key === key)) return { kind: 'sent' }
    const createdDateTime = this.#now().toISOString()
    const call: InboxCall = {
      id: randomUUID(),
      channel: 'voice',
      to,
      extension: extension ?? null,
      language: voiceOf(locale),
      state: 'ringing',
      transcript: [],
      createdDateTime,
    }
    this.#calls.unshift({ call, key, reportsTo })
    if (this.#calls.length > kept) this.#calls.length = kept
    return { kind: 'sent' }
  }

  /** Newest first. */
  async calls(): Promise<readonly InboxCall[]> {
    const late = this.#now().getTime() - ringMs
    for (const { call, reportsTo } of this.#calls) {
      if (call.state !== 'ringing' || Date.parse(call.createdDateTime) > late) continue
      call.state = 'over'
      await this.#report(reportsTo, { event: 'noAnswer' })
    }
    return this.#calls.map(({ call }) => call)
  }

  /** Undefined where there is no such call. What cannot be done with it now changes nothing. */
  async act(id: string, act: InboxAct): Promise<InboxCall | undefined> {
    const found = this.#calls.find(({ call }) => call.id === id)
    if (!found) return undefined
    const { call, reportsTo } = found
    const isPossible = act === 'hangUp' ? call.state === 'talking' : call.state === 'ringing'
    if (!isPossible) return call
    call.state = act === 'answer' ? 'talking' : 'over'
    await this.#goOn(call, reportsTo, { event: events[act] })
    return call
  }

  /** Pressed one after the other; the hash key ends them. */
  async press(id: string, keys: string): Promise<InboxCall | undefined> {
    const found = this.#calls.find(({ call }) => call.id === id)
    if (!found) return undefined
    const { call, reportsTo } = found
    if (call.state !== 'talking') return call
    call.transcript.push({ by: 'keys', text: keys })
    await this.#goOn(call, reportsTo, { event: 'keys', keys })
    return call
  }

  async #goOn(call: InboxCall, reportsTo: string, report: object): Promise<void> {
    const { say, listen } = replyIn(await this.#report(reportsTo, report))
    call.transcript.push(...say.map((text) => ({ by: 'voice', text }) as const))
    if (!listen) call.state = 'over'
  }

  async #report(address: string, report: object): Promise<unknown> {
    const body = JSON.stringify(report)
    return this.#deliver(address, body, signingHeaders(this.secret, randomUUID(), body, this.#now()))
  }
}

function replyIn(answer: unknown): { say: string[]; listen: boolean } {
  if (typeof answer !== 'object' || answer === null) return { say: [], listen: false }
  const say: unknown = Reflect.get(answer, 'say')
  const words = Array.isArray(say) ? say.filter((each) => typeof each === 'string') : []
  return { say: words, listen: Reflect.get(answer, 'listen') === true }
}
