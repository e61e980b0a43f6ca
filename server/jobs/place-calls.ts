import type { Logger } from 'pino'
import { type Call, dialsExtension, isCallFinished } from '#server/domain/call.ts'
import { Circuit } from '#server/gateways/sms/circuit.ts'
import { Pace } from '#server/gateways/sms/pace.ts'
import type { OutgoingCall, VoiceGateway } from '#server/gateways/voice/voice-gateway.ts'
import { openingWords } from '#server/methods/voice/script.ts'
import { CallQueue, type Placing } from '#server/store/call-queue.ts'
import type { Installation, System } from '#server/system.ts'
import type { Running } from './schedule.ts'

export interface PlacingOptions {
  /** Tried in this order. */
  gateways: readonly VoiceGateway[]
  log: Pick<Logger, 'warn' | 'error'>
  /** Only this organisation's calls, where several servers share a store that is not one installation. */
  tenantId?: string
}

/** Heals what no bell told of: what a crash left behind, and what waits for its next try. */
const pollMs = 1_000
const inFlightMax = 20
/** From one failure at a gateway to the next try there; after as many as this list has, it is the next gateway's turn. Somebody is waiting. */
const waitsMs = [2_000, 0]

/** Places calls as soon as they are in the store, whoever put them there. */
export function startPlacing(installation: Installation, options: PlacingOptions): Running {
  const placer = new Placer(installation, options)
  const running = placer.run()
  return {
    async stop() {
      placer.stop()
      await running
    },
  }
}

interface Line {
  gateway: VoiceGateway
  circuit: Circuit
  pace: Pace
}

class Placer {
  readonly #installation: Installation
  readonly #log: PlacingOptions['log']
  readonly #queue: CallQueue
  readonly #lines: readonly Line[]
  readonly #stopping = new AbortController()
  readonly #inFlight = new Set<Promise<void>>()

  constructor(installation: Installation, { gateways, log, tenantId }: PlacingOptions) {
    this.#installation = installation
    this.#log = log
    this.#queue = new CallQueue(installation.parts.database.alone, tenantId)
    this.#lines = gateways.map((gateway) => ({ gateway, circuit: new Circuit(), pace: new Pace(gateway.perSecond) }))
  }

  stop(): void {
    this.#stopping.abort()
    this.#installation.callBell.ring()
  }

  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isMore = await this.#takeSome().catch((error: unknown) => {
        this.#log.error({ err: error }, 'the calls to place cannot be read')
        return false
      })
      if (!isMore) await this.#installation.callBell.wait(pollMs)
    }
    await Promise.all(this.#inFlight)
  }

  /** True where there may be more to take at once. */
  async #takeSome(): Promise<boolean> {
    const free = inFlightMax - this.#inFlight.size
    if (free === 0) return false
    const leased = await this.#queue.lease(free, this.#now())
    for (const placing of leased) this.#begin(placing)
    return leased.length === free && this.#inFlight.size < inFlightMax
  }

  #begin(placing: Placing): void {
    const work = this.#place(placing)
      // The lease runs out, and then it is tried again.
      .catch((error: unknown) => this.#log.error({ err: error }, 'a call was not placed'))
      .finally(() => {
        const wasFull = this.#inFlight.size >= inFlightMax
        this.#inFlight.delete(work)
        if (wasFull) this.#installation.callBell.ring()
      })
    this.#inFlight.add(work)
  }

  async #place(placing: Placing): Promise<void> {
    const system = await this.#installation.systemOf(placing.tenantId)
    const call = await system?.calls.find(placing.callId)
    const now = this.#now()
    if (!system || !call || call.round !== placing.round || isCallFinished(call, now) || call.expiresAt <= now)
      return this.#queue.finish(placing, 'failed')
    // For somebody who is not there everything is done but this; it ends like a phone that nobody picks up.
    if (call.userId === undefined) return this.#queue.finish(placing, 'ringing')

    const { line, failures, notBefore } = this.#lineFor(placing)
    if (!line) return notBefore ? this.#queue.delay(placing, notBefore, failures) : this.#giveUp(placing)
    if (!(await line.pace.turn(this.#stopping.signal))) return this.#queue.delay(placing, this.#now(), failures)
    const result = await line.gateway.place(this.#write(system, call, line.gateway))
    if (result.kind === 'sent') {
      line.circuit.succeeded()
      return this.#queue.finish(placing, 'ringing')
    }
    this.#log.warn({ gateway: line.gateway.name, reason: result.reason }, 'a gateway did not take a call')
    if (result.kind === 'refused') return this.#tryAgain(placing, nextLine(failures), this.#now())
    line.circuit.failed(this.#now())
    const waitMs = Math.max(waitsMs[failures % waitsMs.length] ?? 0, result.retryAfterMs ?? 0)
    return this.#tryAgain(placing, failures + 1, new Date(this.#now().getTime() + waitMs))
  }

  #write({ organization, callProofs }: System, call: Call, gateway: VoiceGateway): OutgoingCall {
    const { id: callId, round, number, extension, locale } = call
    const reported = { gateway: gateway.name, tenantId: organization.id, callId, round }
    return {
      to: number,
      extension: gateway.dialsExtensions && dialsExtension(call) ? extension : undefined,
      locale,
      sentences: openingWords(call, organization.displayName),
      reportsTo: this.#installation.parts.publicUrl + callProofs.reportPathOf(reported),
      key: `${callId}:${round}`,
    }
  }

  /** The gateway whose turn it is, passing over those that are left alone; with none, when the first of them may be tried again. */
  #lineFor({ failures }: Placing): { line: Line | undefined; failures: number; notBefore: Date | undefined } {
    const first = Math.floor(failures / waitsMs.length)
    let notBefore: Date | undefined
    for (const [index, line] of this.#lines.entries()) {
      if (index < first) continue
      const opensAt = line.circuit.opensAt(this.#now())
      if (!opensAt) return { line, failures: Math.max(failures, index * waitsMs.length), notBefore: undefined }
      if (!notBefore || opensAt < notBefore) notBefore = opensAt
    }
    return { line: undefined, failures, notBefore }
  }

  async #tryAgain(placing: Placing, failures: number, dueAt: Date): Promise<void> {
    if (failures >= this.#lines.length * waitsMs.length) return this.#giveUp(placing)
    await this.#queue.delay(placing, dueAt, failures)
    if (dueAt <= this.#now()) this.#installation.callBell.ring()
  }

  async #giveUp(placing: Placing): Promise<void> {
    this.#log.error({ gateways: this.#lines.map(({ gateway }) => gateway.name) }, 'no gateway took a call')
    await this.#queue.finish(placing, 'failed')
  }

  #now(): Date {
    return this.#installation.parts.now()
  }
}

function nextLine(failures: number): number {
  return (Math.floor(failures / waitsMs.length) + 1) * waitsMs.length
}
