import type { Logger } from 'pino'
import type { Locale } from '#contract/locale.ts'
import type { Bell } from '#server/domain/bell.ts'
import { type CallBack, callBackAddress } from '#server/domain/call-back.ts'
import { type Challenge, type CodeMethod, isOver } from '#server/domain/challenge.ts'
import { type Notice, noticeUsefulMs } from '#server/domain/notice.ts'
import { chargesForNotice, isToldEnough } from '#server/domain/notice-charges.ts'
import { noticeAddress } from '#server/domain/notice-links.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import { OutboxQueue, type Sending } from '#server/store/outbox.ts'
import type { Installation, System } from '#server/system.ts'
import { type Parcel, startHandingOver } from './hand-over.ts'
import type { MessageNotes } from './message-notes.ts'
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
  /** Whose turn it is for this organisation, tried in this order. */
  gatewaysOf(system: System): readonly Gateway<Message>[]
  notes: MessageNotes
  /** Where a receiver is, where that costs differently. */
  countryOf?(receiver: string): string | undefined
  /** From one failure at a gateway to the next try there; after as many failures as this list has, it is the next gateway's turn. */
  waitsMs: readonly number[]
  write(system: System, challenge: Challenge, code: string, key: string): Message
  tell(system: System, notice: Notice, told: { locale: Locale; link: string; key: string }): Message
  /** Whether a number is to change is asked there, and nowhere else. */
  ask?(system: System, callBack: CallBack, asked: { locale: Locale; link: string; key: string }): Message
}

export interface PostOptions {
  log: Pick<Logger, 'warn' | 'error'>
  /** Only this organisation's messages, where several servers share a store that is not one installation. */
  tenantId?: string
}

const inFlightMax = 100
/** That something changed is worth telling when the mail server is back. */
const patienceMs = 30 * 60_000

/** Sends messages as soon as they are in the store, whoever put them there. */
export function startPost<Message>(installation: Installation, post: Post<Message>, { log, tenantId }: PostOptions): Running {
  const { method, bell, waitsMs, notes } = post
  const { database, now } = installation.parts
  const queue = new OutboxQueue(database.alone, method, tenantId)
  const desk = new Desk(installation, post, queue)
  const running = startHandingOver(
    {
      method,
      noun: 'message',
      bell,
      waitsMs,
      inFlightMax,
      lease: (count) => queue.lease(count, now()),
      gatewaysFor: (sending) => desk.gatewaysFor(sending),
      open: (sending) => desk.open(sending),
      finish: (sending, outcome) => queue.finish(sending, outcome),
      delay: (sending, dueAt, failures) => queue.delay(sending, dueAt, failures),
      told: (sending, result, country) => notes.told(sending.tenantId, result, country),
      now,
    },
    log,
  )
  return {
    async stop() {
      await running.stop()
      await notes.flush()
    },
  }
}

/** Where what waits becomes a message, at the last moment: until then no code and no link stands anywhere. */
class Desk<Message> {
  readonly #installation: Installation
  readonly #post: Post<Message>
  readonly #queue: OutboxQueue

  constructor(installation: Installation, post: Post<Message>, queue: OutboxQueue) {
    this.#installation = installation
    this.#post = post
    this.#queue = queue
  }

  async gatewaysFor({ tenantId }: Sending): Promise<readonly Gateway<Message>[]> {
    const system = await this.#installation.systemOf(tenantId)
    return system ? this.#post.gatewaysOf(system) : []
  }

  async open(sending: Sending): Promise<Parcel<Gateway<Message>> | undefined> {
    const system = await this.#installation.systemOf(sending.tenantId)
    if (!system) return this.#dead(sending)
    if (sending.kind === 'call-back') return this.#callBack(system, sending)
    return sending.kind === 'notice' ? this.#notice(system, sending) : this.#code(system, sending)
  }

  async #code(system: System, sending: Sending): Promise<Parcel<Gateway<Message>> | undefined> {
    const challenge = await system.challenges.find(sending.challengeId)
    if (!challenge || isDead(sending, challenge, this.#now())) return this.#dead(sending)
    const { challengeId, generation, send } = sending
    const code = this.#installation.codes.of({ ...challenge, challengeId, tenantId: sending.tenantId, generation })
    const message = this.#post.write(system, challenge, code, `${challengeId}:${generation}:${send}`)
    // For a receiver nobody has, everything was done but this.
    if (challenge.userId === undefined) return void (await this.#queue.finish(sending, 'sent'))
    const country = this.#post.countryOf?.(challenge.receiver)
    return { give: (gateway) => gateway.send(message), expiresAt: challenge.expiresAt, country }
  }

  /** What nobody asked for is told only as long as it is news and there is something to pay it with. */
  async #notice(system: System, sending: Sending): Promise<Parcel<Gateway<Message>> | undefined> {
    const { tenantId, challengeId: id, failures } = sending
    const notice = await system.notices.find(id)
    const user = notice && (await system.users.find(notice.userId))
    const expiresAt = new Date((notice?.happenedAt.getTime() ?? 0) + noticeUsefulMs)
    if (!notice || !user || notice.reportedAt || expiresAt <= this.#now()) return this.#dead(sending)
    const charges = failures === 0 ? chargesForNotice(system.limits, tenantId, notice) : []
    const denials = await system.budgets.take(charges, this.#now())
    if (denials.some(isToldEnough)) return this.#dead(sending)
    if (denials.length > 0) {
      const waitMs = Math.max(...denials.map(({ retryAfterMs }) => retryAfterMs))
      return void (await this.#queue.delay(sending, new Date(this.#now().getTime() + waitMs), failures))
    }
    const locale = receiverLocale(user.preferredLanguage, system.organization.languages[0] ?? 'en')
    const link = noticeAddress(this.#installation.parts.publicUrl, this.#installation.noticeLinks.secretOf(tenantId, id))
    const message = this.#post.tell(system, notice, { locale, link, key: id })
    const country = this.#post.countryOf?.(notice.receiver)
    return { give: (gateway) => gateway.send(message), expiresAt, patienceMs, country }
  }

  /** Paid when it was asked. */
  async #callBack(system: System, sending: Sending): Promise<Parcel<Gateway<Message>> | undefined> {
    const callBack = await system.callBacks.find(sending.challengeId)
    const user = callBack && (await system.users.find(callBack.userId))
    if (!user || callBack.state !== 'waiting' || callBack.expiresAt <= this.#now()) return this.#dead(sending)
    const locale = receiverLocale(user.preferredLanguage, system.organization.languages[0] ?? 'en')
    const link = callBackAddress(this.#installation.parts.publicUrl, system.callBacks.secretOf(callBack.id))
    const message = this.#post.ask?.(system, callBack, { locale, link, key: callBack.id })
    if (!message) return this.#dead(sending)
    return { give: (gateway) => gateway.send(message), expiresAt: callBack.expiresAt }
  }

  async #dead(sending: Sending): Promise<undefined> {
    await this.#queue.finish(sending, 'dead')
  }

  #now(): Date {
    return this.#installation.parts.now()
  }
}

/** A code that opens nothing any more, or that a later text of the same challenge brings. */
function isDead({ generation, send }: Sending, challenge: Challenge, now: Date): boolean {
  return isOver(challenge, now) || challenge.generation !== generation || challenge.sends !== send
}
