import type { Logger } from 'pino'
import type { Channel } from '#contract/graph/gateways.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import type { Installation } from '#server/system.ts'

/** An administrator looks once in a while; a write for every message would cost as much as the message. */
const healthEveryMs = 60_000
const countsEveryMs = 1_000
const rememberedMax = 10_000

interface Counted {
  tenantId: string
  country: string
  count: number
}

/** Writes down how sending goes: whether an organisation's gateway takes what it is given, and how many messages went to which country. */
export class MessageNotes {
  readonly #installation: Installation
  readonly #channel: Channel
  readonly #log: Pick<Logger, 'error'>
  readonly #healthAt = new Map<string, number>()
  #counts = new Map<string, Counted>()
  #timer: NodeJS.Timeout | undefined

  constructor(installation: Installation, channel: Channel, log: Pick<Logger, 'error'>) {
    this.#installation = installation
    this.#channel = channel
    this.#log = log
  }

  async told(tenantId: string, result: SendResult, country: string | undefined): Promise<void> {
    if (result.kind === 'sent' && country !== undefined) this.#count(tenantId, country)
    // The receiver's own fault says nothing of the gateway, and both may look alike; what works counts for more, so it is looked at apart.
    const system = await this.#installation.systemOf(tenantId)
    const key = [tenantId, result.kind === 'sent', system?.gateways.changedAt(this.#channel)?.getTime()].join(' ')
    const now = this.#installation.parts.now()
    if (now.getTime() - (this.#healthAt.get(key) ?? Number.NEGATIVE_INFINITY) < healthEveryMs) return
    if (this.#healthAt.size >= rememberedMax) this.#healthAt.clear()
    this.#healthAt.set(key, now.getTime())
    const health = system?.atOnce.gatewayHealth
    await (result.kind === 'sent' ? health?.worked(this.#channel, now) : health?.failed(this.#channel, result.reason, now))
  }

  /** What was counted is written; nobody waits for it, and a crash in between loses a second of counting. */
  async flush(): Promise<void> {
    await this.#flush().catch((error: unknown) => this.#log.error({ err: error }, 'messages were not counted'))
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const counted = this.#counts
    this.#counts = new Map()
    const now = this.#installation.parts.now()
    for (const { tenantId, country, count } of counted.values()) {
      const system = await this.#installation.systemOf(tenantId)
      await system?.atOnce.messageCounts.add(this.#channel, country, count, now)
    }
  }

  #count(tenantId: string, country: string): void {
    const key = `${tenantId} ${country}`
    const counted = this.#counts.get(key) ?? { tenantId, country, count: 0 }
    this.#counts.set(key, { ...counted, count: counted.count + 1 })
    this.#timer ??= setTimeout(() => void this.flush(), countsEveryMs)
  }
}
