import type { Channel } from '#contract/graph/gateways.ts'
import { httpOptions, mailOptions, type OwnGateway, type OwnGateways, type SettingsOf, voiceOptions } from '#server/domain/own-gateway.ts'
import { egress, findOutside } from './egress.ts'
import type { Fetch } from './http-provider.ts'
import type { MailGateway } from './mail/mail-gateway.ts'
import { SmtpGateway } from './mail/smtp.ts'
import { HttpGateway } from './sms/http.ts'
import type { SmsGateway } from './sms/sms-gateway.ts'
import { HttpVoiceGateway } from './voice/http.ts'
import type { VoiceGateway } from './voice/voice-gateway.ts'

export interface GatewayKinds {
  sms: SmsGateway
  voice: VoiceGateway
  mail: MailGateway
}

type PerChannel<Of extends { [C in Channel]: unknown }> = { [C in Channel]: Of[C] }

interface Surroundings {
  now(): Date
  /** Our own host, which a mail server is told. */
  host: string
  /** In an evaluation a provider may stand on this machine. */
  reachesLoopback: boolean
}

const builtMax = 1_000

/**
 * What messages leave by: the installation's gateways, and those an organisation set up itself, which are made when they are first needed and
 * made anew when they were changed. An organisation chose their addresses, so they are reached like any address somebody else chose.
 */
export class GatewayBook {
  readonly #around: Surroundings
  readonly #out: Fetch
  readonly #installation: PerChannel<{ [C in Channel]: readonly GatewayKinds[C][] }> = { sms: [], voice: [], mail: [] }
  readonly #built: PerChannel<{ [C in Channel]: Map<string, { changedAt: number; gateways: readonly GatewayKinds[C][] }> }>

  constructor(around: Surroundings) {
    this.#around = around
    this.#out = egress({ allowsLoopback: around.reachesLoopback })
    this.#built = { sms: new Map(), voice: new Map(), mail: new Map() }
  }

  get reachesLoopback(): boolean {
    return this.#around.reachesLoopback
  }

  /** What whoever has none of their own sends by, tried in this order. */
  install<C extends Channel>(channel: C, gateways: readonly GatewayKinds[C][]): void {
    Object.assign(this.#installation, { [channel]: gateways })
  }

  /** For somebody's messages now. Who set up a gateway is never served by another: they would not know who sends, nor who pays. */
  of<C extends Channel>(channel: C, tenantId: string, own: OwnGateway<C> | undefined): readonly GatewayKinds[C][] {
    if (!own) return this.#installation[channel]
    const known = this.#built[channel].get(tenantId)
    const changedAt = own.changedAt.getTime()
    if (known?.changedAt === changedAt) return known.gateways
    if (this.#built[channel].size >= builtMax) this.#built[channel].clear()
    const gateways = [this.make(channel, own.settings)]
    this.#built[channel].set(tenantId, { changedAt, gateways })
    return gateways
  }

  make<C extends Channel>(channel: C, settings: SettingsOf[C]): GatewayKinds[C] {
    return this.#makers[channel](settings)
  }

  close(): void {
    for (const { gateways } of this.#built.mail.values()) for (const gateway of gateways) gateway.close?.()
  }

  readonly #makers: { [C in Channel]: (settings: SettingsOf[C]) => GatewayKinds[C] } = {
    sms: (settings) => new HttpGateway(httpOptions(settings), this.#around.now, this.#out),
    voice: (settings) => new HttpVoiceGateway(voiceOptions(settings), this.#around.now, this.#out),
    mail: (settings) => {
      const options = mailOptions(settings, this.#around.reachesLoopback)
      return new SmtpGateway(options, { host: this.#around.host, ...(!options.isLocal && { find: (name) => findOutside(name, false) }) })
    },
  }
}

/** The same, as one organisation sees it. */
export class OrganizationGateways {
  readonly #book: GatewayBook
  readonly #tenantId: string
  readonly #own: OwnGateways

  constructor(book: GatewayBook, tenantId: string, own: OwnGateways) {
    this.#book = book
    this.#tenantId = tenantId
    this.#own = own
  }

  get reachesLoopback(): boolean {
    return this.#book.reachesLoopback
  }

  inForce<C extends Channel>(channel: C): readonly GatewayKinds[C][] {
    return this.#book.of(channel, this.#tenantId, this.#own[channel])
  }

  /** One with these settings, whatever is in force. */
  make<C extends Channel>(channel: C, settings: SettingsOf[C]): GatewayKinds[C] {
    return this.#book.make(channel, settings)
  }

  sourceOf(channel: Channel): 'organization' | 'installation' | 'inbox' | 'none' {
    if (this.#own[channel]) return 'organization'
    const [first] = this.inForce(channel)
    if (!first) return 'none'
    return first.name === 'inbox' ? 'inbox' : 'installation'
  }

  /** Since when it is as it is, where it is the organisation's own. */
  changedAt(channel: Channel): Date | undefined {
    return this.#own[channel]?.changedAt
  }

  /** What proves the reports of its own provider of calls. */
  get reportSecret(): string | undefined {
    return this.#own.voice?.settings.signingSecret?.value
  }
}
