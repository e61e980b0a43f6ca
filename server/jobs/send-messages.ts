import type { Logger } from 'pino'
import type { Bell } from '#server/domain/bell.ts'
import { type Challenge, type CodeMethod, isOver } from '#server/domain/challenge.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import { OutboxQueue, type Sending } from '#server/store/outbox.ts'
import type { Installation, System } from '#server/system.ts'
import { type Parcel, startHandingOver } from './hand-over.ts'
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

const inFlightMax = 100

/** Sends messages as soon as they are in the store, whoever put them there. */
export function startPost<Message>(installation: Installation, post: Post<Message>, { log, tenantId }: PostOptions): Running {
  const { method, bell, gateways, waitsMs, write } = post
  const { database, now } = installation.parts
  const queue = new OutboxQueue(database.alone, method, tenantId)

  async function open(sending: Sending): Promise<Parcel<Gateway<Message>> | undefined> {
    const system = await installation.systemOf(sending.tenantId)
    const challenge = await system?.challenges.find(sending.challengeId)
    if (!system || !challenge || isDead(sending, challenge, now())) return void (await queue.finish(sending, 'dead'))
    const { challengeId, generation, send } = sending
    const code = installation.codes.of({ ...challenge, challengeId, tenantId: sending.tenantId, generation })
    const message = write(system, challenge, code, `${challengeId}:${generation}:${send}`)
    // For a receiver nobody has, everything was done but this.
    if (challenge.userId === undefined) return void (await queue.finish(sending, 'sent'))
    return { give: (gateway) => gateway.send(message), expiresAt: challenge.expiresAt }
  }

  return startHandingOver(
    {
      method,
      noun: 'message',
      bell,
      gateways,
      waitsMs,
      inFlightMax,
      lease: (count) => queue.lease(count, now()),
      open,
      finish: (sending, outcome) => queue.finish(sending, outcome),
      delay: (sending, dueAt, failures) => queue.delay(sending, dueAt, failures),
      now,
    },
    log,
  )
}

/** A code that opens nothing any more, or that a later text of the same challenge brings. */
function isDead({ generation, send }: Sending, challenge: Challenge, now: Date): boolean {
  return isOver(challenge, now) || challenge.generation !== generation || challenge.sends !== send
}
