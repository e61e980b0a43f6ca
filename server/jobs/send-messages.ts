import type { Logger } from 'pino'
import type { Bell } from '#server/domain/bell.ts'
import { type Challenge, type CodeMethod, isOver } from '#server/domain/challenge.ts'
import { Circuit } from '#server/gateways/sms/circuit.ts'
import { Pace } from '#server/gateways/sms/pace.ts'
import type { SendResult } from '#server/gateways/sms/sms-gateway.ts'
import { OutboxQueue, type Sending } from '#server/store/outbox.ts'
import type { Installation, System } from '#server/system.ts'
import type { Running } from './schedule.ts'

interface Gateway<Message> {
  name: string
  perSecond: number | undefined
  send(message: Message): Promise<SendResult>
}

/** Everything by which one method's messages differ from another's. */
export interface Post<Message> {
  method: CodeMethod
  bell: Bell
  /** Tried in this order. */
  gateways: readonly Gateway<Message>[]
  /** From one failure at a gateway to the next try there; after as many failures as this list has, it is the next gateway's turn. */
  waitsMs: readonly number[]
  write(system: System, challenge: Challenge, code: string, key: string): Message
}

export interface PostOptions {
  log: Pick<Logger, 'warn' | 'error'>
  /** Only this organisation's messages, where several servers share a store that is not one installation. */
  tenantId?: string
}

/** Heals what no bell told of: what a crash left behind, and what waits for its next try. */
const pollMs = 1_000
const inFlightMax = 100

/** Sends messages as soon as they are in the store, whoever put them there. */
export function startPost<Message>(installation: Installation, post: Post<Message>, options: PostOptions): Running {
  const sender = new Sender(installation, post, options)
  const running = sender.run()
  return {
    async stop() {
      sender.stop()
      await running
    },
  }
}

interface Route<Message> {
  gateway: Gateway<Message>
  circuit: Circuit
  pace: Pace
}

class Sender<Message> {
  readonly #installation: Installation
  readonly #log: PostOptions['log']
  readonly #post: Post<Message>
  readonly #queue: OutboxQueue
  readonly #routes: readonly Route<Message>[]
  readonly #stopping = new AbortController()
  readonly #inFlight = new Set<Promise<void>>()

  constructor(installation: Installation, post: Post<Message>, { log, tenantId }: PostOptions) {
    this.#installation = installation
    this.#log = log
    this.#post = post
    this.#queue = new OutboxQueue(installation.parts.database.alone, post.method, tenantId)
    this.#routes = post.gateways.map((gateway) => ({ gateway, circuit: new Circuit(), pace: new Pace(gateway.perSecond) }))
  }

  stop(): void {
    this.#stopping.abort()
    this.#post.bell.ring()
  }

  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isMore = await this.#takeSome().catch((error: unknown) => {
        this.#log.error({ err: error }, 'the outbox cannot be read')
        return false
      })
      if (!isMore) await this.#post.bell.wait(pollMs)
    }
    await Promise.all(this.#inFlight)
  }

  /** True where there may be more to take at once. */
  async #takeSome(): Promise<boolean> {
    const free = inFlightMax - this.#inFlight.size
    if (free === 0) return false
    const leased = await this.#queue.lease(free, this.#installation.parts.now())
    for (const sending of leased) this.#begin(sending)
    return leased.length === free && this.#inFlight.size < inFlightMax
  }

  #begin(sending: Sending): void {
    const work = this.#send(sending)
      // The lease runs out, and then it is tried again.
      .catch((error: unknown) => this.#log.error({ err: error }, 'a message was not sent'))
      .finally(() => {
        const wasFull = this.#inFlight.size >= inFlightMax
        this.#inFlight.delete(work)
        if (wasFull) this.#post.bell.ring()
      })
    this.#inFlight.add(work)
  }

  async #send(sending: Sending): Promise<void> {
    const system = await this.#installation.systemOf(sending.tenantId)
    const challenge = await system?.challenges.find(sending.challengeId)
    if (!system || !challenge || isDead(sending, challenge, this.#now())) return this.#queue.finish(sending, 'dead')
    const { tenantId, challengeId, generation, send } = sending
    const code = this.#installation.codes.of({ ...challenge, challengeId, tenantId, generation })
    const message = this.#post.write(system, challenge, code, `${challengeId}:${generation}:${send}`)
    // For a receiver nobody has, everything was done but this.
    if (challenge.userId === undefined) return this.#queue.finish(sending, 'sent')

    const { route, failures, notBefore } = this.#routeFor(sending)
    if (!route) return notBefore ? this.#queue.delay(sending, notBefore, failures) : this.#giveUp(sending)
    if (!(await route.pace.turn(this.#stopping.signal))) return this.#queue.delay(sending, this.#now(), failures)
    const result = await route.gateway.send(message)
    if (result.kind === 'sent') {
      route.circuit.succeeded()
      return this.#queue.finish(sending, 'sent')
    }
    this.#log.warn({ method: this.#post.method, gateway: route.gateway.name, reason: result.reason }, 'a gateway did not take a message')
    if (result.kind === 'refused') return this.#tryAgain(sending, this.#nextGateway(failures), this.#now())
    route.circuit.failed(this.#now())
    const dueAt = this.#later(this.#post.waitsMs[failures % this.#triesEach] ?? 0, result.retryAfterMs)
    const isTooLate = dueAt >= challenge.expiresAt
    return this.#tryAgain(sending, isTooLate ? this.#nextGateway(failures) : failures + 1, isTooLate ? this.#now() : dueAt)
  }

  /** The gateway whose turn it is, passing over those that are left alone; with none, when the first of them may be tried again. */
  #routeFor({ failures }: Sending): { route: Route<Message> | undefined; failures: number; notBefore: Date | undefined } {
    const first = Math.floor(failures / this.#triesEach)
    let notBefore: Date | undefined
    for (const [index, route] of this.#routes.entries()) {
      if (index < first) continue
      const opensAt = route.circuit.opensAt(this.#now())
      if (!opensAt) return { route, failures: Math.max(failures, index * this.#triesEach), notBefore: undefined }
      if (!notBefore || opensAt < notBefore) notBefore = opensAt
    }
    return { route: undefined, failures, notBefore }
  }

  async #tryAgain(sending: Sending, failures: number, dueAt: Date): Promise<void> {
    if (failures >= this.#routes.length * this.#triesEach) return this.#giveUp(sending)
    await this.#queue.delay(sending, dueAt, failures)
    if (dueAt <= this.#now()) this.#post.bell.ring()
  }

  async #giveUp(sending: Sending): Promise<void> {
    this.#log.error({ method: this.#post.method, gateways: this.#routes.map(({ gateway }) => gateway.name) }, 'no gateway took a message')
    await this.#queue.finish(sending, 'failed')
  }

  #nextGateway(failures: number): number {
    return (Math.floor(failures / this.#triesEach) + 1) * this.#triesEach
  }

  get #triesEach(): number {
    return this.#post.waitsMs.length
  }

  #later(waitMs: number, retryAfterMs = 0): Date {
    return new Date(this.#now().getTime() + Math.max(waitMs, retryAfterMs))
  }

  #now(): Date {
    return this.#installation.parts.now()
  }
}

/** A code that opens nothing any more, or that a later text of the same challenge brings. */
function isDead({ generation, send }: Sending, challenge: Challenge, now: Date): boolean {
  return isOver(challenge, now) || challenge.generation !== generation || challenge.sends !== send
}
