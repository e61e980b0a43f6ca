import type { Logger } from 'pino'
import type { Bell } from '#server/domain/bell.ts'
import { Circuit } from '#server/gateways/circuit.ts'
import { Pace } from '#server/gateways/pace.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import type { Running } from './schedule.ts'

interface Gateway {
  name: string
  /** How many a second it takes; undefined means as many as there are. */
  perSecond: number | undefined
}

/** What is handed over, and until when that is of use. */
export interface Parcel<To extends Gateway> {
  give(gateway: To): Promise<SendResult>
  expiresAt: Date
  /** Where it goes, to be counted. */
  country?: string | undefined
  /** Where it is of use for long: when everybody's tries are used up because they were away, after this all begins anew. */
  patienceMs?: number
}

/** Something that waits in the store to leave the house by a gateway. Each is leased, so what a crash leaves behind comes up again by itself. */
export interface Dispatch<Item extends { failures: number }, To extends Gateway> {
  /** For the log: which method's, and what each is, a message or a call. */
  method: string
  noun: string
  bell: Bell
  /** Whose turn it is for this one, tried in this order. */
  gatewaysFor(item: Item): Promise<readonly To[]>
  /** From one failure at a gateway to the next try there; after as many failures as this list has, it is the next gateway's turn. */
  waitsMs: readonly number[]
  inFlightMax: number
  lease(count: number): Promise<Item[]>
  /** Nothing where it is settled without a gateway; then its row says so already. */
  open(item: Item): Promise<Parcel<To> | undefined>
  finish(item: Item, outcome: 'sent' | 'failed'): Promise<void>
  delay(item: Item, dueAt: Date, failures: number): Promise<void>
  /** Something was handed over, or was not taken. */
  told(item: Item, result: SendResult, country: string | undefined): Promise<void>
  now(): Date
}

/** Heals what no bell told of: what a crash left behind, and what waits for its next try. */
const pollMs = 1_000
/** How long one may stand in line here before it goes back to wait in the store. */
const behindMaxMs = 2_000

/** Hands over whatever waits, as soon as it is in the store, whoever put it there. */
export function startHandingOver<Item extends { failures: number }, To extends Gateway>(
  dispatch: Dispatch<Item, To>,
  log: Pick<Logger, 'warn' | 'error'>,
): Running {
  const courier = new Courier(dispatch, log)
  const running = courier.run()
  return {
    async stop() {
      courier.stop()
      await running
    },
  }
}

interface Line<To extends Gateway> {
  gateway: To
  circuit: Circuit
  pace: Pace
}

class Courier<Item extends { failures: number }, To extends Gateway> {
  readonly #dispatch: Dispatch<Item, To>
  readonly #log: Pick<Logger, 'warn' | 'error'>
  /** By gateway, and as long as there is one. */
  readonly #lines = new WeakMap<To, Line<To>>()
  readonly #stopping = new AbortController()
  readonly #inFlight = new Set<Promise<void>>()

  constructor(dispatch: Dispatch<Item, To>, log: Pick<Logger, 'warn' | 'error'>) {
    this.#dispatch = dispatch
    this.#log = log
  }

  stop(): void {
    this.#stopping.abort()
    this.#dispatch.bell.ring()
  }

  async run(): Promise<void> {
    const { bell, method } = this.#dispatch
    while (!this.#stopping.signal.aborted) {
      const isMore = await this.#takeSome().catch((error: unknown) => {
        this.#log.error({ method, err: error }, 'what waits to be sent cannot be read')
        return false
      })
      if (!isMore) await bell.wait(pollMs)
    }
    await Promise.all(this.#inFlight)
  }

  /** True where there may be more to take at once. */
  async #takeSome(): Promise<boolean> {
    const { inFlightMax, lease } = this.#dispatch
    const free = inFlightMax - this.#inFlight.size
    if (free === 0) return false
    const leased = await lease(free)
    for (const item of leased) this.#begin(item)
    return leased.length === free && this.#inFlight.size < inFlightMax
  }

  #begin(item: Item): void {
    const { bell, inFlightMax, method, noun } = this.#dispatch
    const work = this.#handOver(item)
      // The lease runs out, and then it is tried again.
      .catch((error: unknown) => this.#log.error({ method, err: error }, `a ${noun} was not sent`))
      .finally(() => {
        const wasFull = this.#inFlight.size >= inFlightMax
        this.#inFlight.delete(work)
        if (wasFull) bell.ring()
      })
    this.#inFlight.add(work)
  }

  async #handOver(item: Item): Promise<void> {
    const { gatewaysFor, open, finish, delay, told, now, waitsMs, method, noun } = this.#dispatch
    const lines = (await gatewaysFor(item)).map((gateway) => this.#lineOf(gateway))
    const behindMs = Math.max(0, ...lines.map(({ pace }) => pace.behindMs()))
    // Whoever has a slow provider stands in line in the store, not in the way of everybody else.
    if (behindMs > behindMaxMs) return delay(item, new Date(now().getTime() + behindMs), item.failures)
    const parcel = await open(item)
    if (!parcel) return
    const { line, failures, notBefore } = this.#lineFor(lines, item)
    if (!line) return notBefore ? delay(item, notBefore, failures) : this.#giveUp(lines, item)
    if (!(await line.pace.turn(this.#stopping.signal))) return delay(item, now(), failures)
    const result = await parcel.give(line.gateway)
    if (result.kind === 'sent') {
      line.circuit.succeeded()
      await finish(item, 'sent')
      return told(item, result, parcel.country)
    }
    this.#log.warn({ method, gateway: line.gateway.name, reason: result.reason }, `a gateway did not take a ${noun}`)
    await told(item, result, parcel.country)
    if (result.kind === 'refused') return this.#tryAgain(lines, item, this.#nextLine(failures), now())
    line.circuit.failed(now())
    const waitMs = Math.max(waitsMs[failures % waitsMs.length] ?? 0, result.retryAfterMs ?? 0)
    const dueAt = new Date(now().getTime() + waitMs)
    const isTooLate = dueAt >= parcel.expiresAt
    const next = isTooLate ? this.#nextLine(failures) : failures + 1
    const anew = new Date(now().getTime() + (parcel.patienceMs ?? 0))
    if (parcel.patienceMs !== undefined && next >= lines.length * waitsMs.length && anew < parcel.expiresAt) return delay(item, anew, 0)
    return this.#tryAgain(lines, item, next, isTooLate ? now() : dueAt)
  }

  #lineOf(gateway: To): Line<To> {
    const known = this.#lines.get(gateway)
    if (known) return known
    const line = { gateway, circuit: new Circuit(), pace: new Pace(gateway.perSecond) }
    this.#lines.set(gateway, line)
    return line
  }

  /** The gateway whose turn it is, passing over those that are left alone; with none, when the first of them may be tried again. */
  #lineFor(lines: readonly Line<To>[], { failures }: Item): { line: Line<To> | undefined; failures: number; notBefore: Date | undefined } {
    const triesEach = this.#dispatch.waitsMs.length
    const first = Math.floor(failures / triesEach)
    let notBefore: Date | undefined
    for (const [index, line] of lines.entries()) {
      if (index < first) continue
      const opensAt = line.circuit.opensAt(this.#dispatch.now())
      if (!opensAt) return { line, failures: Math.max(failures, index * triesEach), notBefore: undefined }
      if (!notBefore || opensAt < notBefore) notBefore = opensAt
    }
    return { line: undefined, failures, notBefore }
  }

  async #tryAgain(lines: readonly Line<To>[], item: Item, failures: number, dueAt: Date): Promise<void> {
    const { delay, now, bell, waitsMs } = this.#dispatch
    if (failures >= lines.length * waitsMs.length) return this.#giveUp(lines, item)
    await delay(item, dueAt, failures)
    if (dueAt <= now()) bell.ring()
  }

  async #giveUp(lines: readonly Line<To>[], item: Item): Promise<void> {
    const { finish, method, noun } = this.#dispatch
    this.#log.error({ method, gateways: lines.map(({ gateway }) => gateway.name) }, `no gateway took a ${noun}`)
    await finish(item, 'failed')
  }

  #nextLine(failures: number): number {
    const triesEach = this.#dispatch.waitsMs.length
    return (Math.floor(failures / triesEach) + 1) * triesEach
  }
}
