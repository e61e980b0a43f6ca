import type { Logger } from 'pino'
import { type Call, dialsExtension, isCallFinished } from '#server/domain/call.ts'
import { countryOf } from '#server/domain/phone-number.ts'
import type { OutgoingCall, VoiceGateway } from '#server/gateways/voice/voice-gateway.ts'
import { openingWords } from '#server/methods/voice/script.ts'
import { CallQueue, type Placing } from '#server/store/call-queue.ts'
import type { Installation, System } from '#server/system.ts'
import { type Parcel, startHandingOver } from './hand-over.ts'
import { MessageNotes } from './message-notes.ts'
import type { Running } from './schedule.ts'

export interface PlacingOptions {
  /** Tried in this order. */
  gateways: readonly VoiceGateway[]
  log: Pick<Logger, 'warn' | 'error'>
  /** Only this organisation's calls, where several servers share a store that is not one installation. */
  tenantId?: string
}

const inFlightMax = 20
/** Somebody is waiting by the phone, so a gateway gets two tries. */
const waitsMs = [2_000, 0]

/** Places calls as soon as they are in the store, whoever put them there. */
export function startPlacing(installation: Installation, { gateways, log, tenantId }: PlacingOptions): Running {
  const { database, publicUrl, now } = installation.parts
  installation.gateways.install('voice', gateways)
  const notes = new MessageNotes(installation, 'voice', log)
  const queue = new CallQueue(database.alone, tenantId)

  async function open(placing: Placing): Promise<Parcel<VoiceGateway> | undefined> {
    const system = await installation.systemOf(placing.tenantId)
    const call = await system?.calls.find(placing.callId)
    if (!system || !call || isDead(placing, call, now())) return void (await queue.finish(placing, 'failed'))
    // For somebody who is not there everything is done but this; it ends like a phone that nobody picks up.
    if (call.userId === undefined) return void (await queue.finish(placing, 'ringing'))
    const give = (gateway: VoiceGateway) => gateway.place(outgoing(system, call, gateway, publicUrl))
    return { give, expiresAt: call.expiresAt, country: countryOf(call.number) }
  }

  const running = startHandingOver(
    {
      method: 'voice',
      noun: 'call',
      bell: installation.callBell,
      waitsMs,
      inFlightMax,
      lease: (count) => queue.lease(count, now()),
      gatewaysFor: async ({ tenantId: whose }) => (await installation.systemOf(whose))?.gateways.inForce('voice') ?? [],
      open,
      finish: (placing, outcome) => queue.finish(placing, outcome === 'sent' ? 'ringing' : 'failed'),
      delay: (placing, dueAt, failures) => queue.delay(placing, dueAt, failures),
      told: (placing, result, country) => notes.told(placing.tenantId, result, country),
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

function outgoing({ organization, callProofs }: System, call: Call, gateway: VoiceGateway, publicUrl: string): OutgoingCall {
  const { id: callId, round, number, extension, locale } = call
  return {
    to: number,
    extension: gateway.dialsExtensions && dialsExtension(call) ? extension : undefined,
    locale,
    sentences: openingWords(call, organization.displayName),
    reportsTo: publicUrl + callProofs.reportPathOf({ gateway: gateway.name, tenantId: organization.id, callId, round }),
    key: `${callId}:${round}`,
  }
}

/** Nobody waits for it any more, or a later one rings instead. */
function isDead({ round }: Placing, call: Call, now: Date): boolean {
  return call.round !== round || isCallFinished(call, now) || call.expiresAt <= now
}
