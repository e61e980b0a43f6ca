import type { Logger } from 'pino'
import { type Challenge, isOver } from '#server/domain/challenge.ts'
import { Circuit } from '#server/gateways/sms/circuit.ts'
import { Pace } from '#server/gateways/sms/pace.ts'
import type { SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { textOf } from '#server/methods/sms/text.ts'
import { OutboxQueue, type Sending } from '#server/store/outbox.ts'
import type { Installation, System } from '#server/system.ts'
import type { Running } from './schedule.ts'

export interface SendingOptions {
  /** Tried in this order. */
  gateways: readonly SmsGateway[]
  log: Pick<Logger, 'warn' | 'error'>
  /** Only this organisation's texts, where several servers share a store that is not one installation. */
  tenantId?: string
}

/** Heals what no bell told of: what a crash left behind, and what waits for its next try. */
const pollMs = 1_000
const inFlightMax = 100
/** From one failure at a gateway to the next try there; after as many failures as this list has, it is the next gateway's turn. */
const waitsMs = [2_000, 8_000, 0]

/** Sends texts as soon as they are in the store, whoever put them there. */
export function startSending(installation: Installation, options: SendingOptions): Running {
  const sender = new Sender(installation, options)
  const running = sender.run()
  return {
    async stop() {
      sender.stop()
      await running
    },
  }
}

interface Route {
  gateway: SmsGateway
  circuit: Circuit
  pace: Pace
}

class Sender {
  readonly #installation: Installation
  readonly #log: SendingOptions['log']
  readonly #queue: OutboxQueue
  readonly #routes: readonly Route[]
  readonly #stopping = new AbortController()
  readonly #inFlight = new Set<Promise<void>>()

  constructor(installation: Installation, { gateways, log, tenantId }: SendingOptions) {
    this.#installation = installation
    this.#log = log
    this.#queue = new OutboxQueue(installation.parts.database.alone, 'sms', tenantId)
    this.#routes = gateways.map((gateway) => ({ gateway, circuit: new Circuit(), pace: new Pace(gateway.perSecond) }))
  }

  stop(): void {
    this.#stopping.abort()
    this.#installation.texts.ring()
  }

  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isMore = await this.#takeSome().catch((error: unknown) => {
        this.#log.error({ err: error }, 'the outbox cannot be read')
        return false
      })
      if (!isMore) await this.#installation.texts.wait(pollMs)
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
      .catch((error: unknown) => this.#log.error({ err: error }, 'a text was not sent'))
      .finally(() => {
        const wasFull = this.#inFlight.size >= inFlightMax
        this.#inFlight.delete(work)
        if (wasFull) this.#installation.texts.ring()
      })
    this.#inFlight.add(work)
  }

  async #send(sending: Sending): Promise<void> {
    const system = await this.#installation.systemOf(sending.tenantId)
    const challenge = await system?.challenges.find(sending.challengeId)
    if (!system || !challenge || isDead(sending, challenge, this.#now())) return this.#queue.finish(sending, 'dead')
    const text = this.#write(system, challenge, sending)
    // For a number nobody has, everything was done but this.
    if (challenge.userId === undefined) return this.#queue.finish(sending, 'sent')

    const { route, failures, notBefore } = this.#routeFor(sending)
    if (!route) return notBefore ? this.#queue.delay(sending, notBefore, failures) : this.#giveUp(sending)
    if (!(await route.pace.turn(this.#stopping.signal))) return this.#queue.delay(sending, this.#now(), failures)
    const result = await route.gateway.send(text)
    if (result.kind === 'sent') {
      route.circuit.succeeded()
      return this.#queue.finish(sending, 'sent')
    }
    this.#log.warn({ gateway: route.gateway.name, reason: result.reason }, 'a gateway did not take a text')
    if (result.kind === 'refused') return this.#tryAgain(sending, nextGateway(failures), this.#now())
    route.circuit.failed(this.#now())
    const dueAt = this.#later(waitsMs[failures % waitsMs.length] ?? 0, result.retryAfterMs)
    const isTooLate = dueAt >= challenge.expiresAt
    return this.#tryAgain(sending, isTooLate ? nextGateway(failures) : failures + 1, isTooLate ? this.#now() : dueAt)
  }

  #write({ organization }: System, { locale, receiver, purpose }: Challenge, { tenantId, challengeId, generation, send }: Sending) {
    const { publicUrl } = this.#installation.parts
    const code = this.#installation.codes.of({ challengeId, tenantId, receiver, purpose, generation })
    return {
      to: receiver,
      text: textOf({ locale, organisation: organization.displayName, code, publicUrl }),
      key: `${challengeId}:${generation}:${send}`,
    }
  }

  /** The gateway whose turn it is, passing over those that are left alone; with none, when the first of them may be tried again. */
  #routeFor({ failures }: Sending): { route: Route | undefined; failures: number; notBefore: Date | undefined } {
    const first = Math.floor(failures / waitsMs.length)
    let notBefore: Date | undefined
    for (const [index, route] of this.#routes.entries()) {
      if (index < first) continue
      const opensAt = route.circuit.opensAt(this.#now())
      if (!opensAt) return { route, failures: Math.max(failures, index * waitsMs.length), notBefore: undefined }
      if (!notBefore || opensAt < notBefore) notBefore = opensAt
    }
    return { route: undefined, failures, notBefore }
  }

  async #tryAgain(sending: Sending, failures: number, dueAt: Date): Promise<void> {
    if (failures >= this.#routes.length * waitsMs.length) return this.#giveUp(sending)
    await this.#queue.delay(sending, dueAt, failures)
    if (dueAt <= this.#now()) this.#installation.texts.ring()
  }

  async #giveUp(sending: Sending): Promise<void> {
    this.#log.error({ gateways: this.#routes.map(({ gateway }) => gateway.name) }, 'no gateway took a text')
    await this.#queue.finish(sending, 'failed')
  }

  #later(waitMs: number, retryAfterMs = 0): Date {
    return new Date(this.#now().getTime() + Math.max(waitMs, retryAfterMs))
  }

  #now(): Date {
    return this.#installation.parts.now()
  }
}

function nextGateway(failures: number): number {
  return (Math.floor(failures / waitsMs.length) + 1) * waitsMs.length
}

/** A code that opens nothing any more, or that a later text of the same challenge brings. */
function isDead({ generation, send }: Sending, challenge: Challenge, now: Date): boolean {
  return isOver(challenge, now) || challenge.generation !== generation || challenge.sends !== send
}
