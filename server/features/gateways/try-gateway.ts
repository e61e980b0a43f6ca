import { randomUUID } from 'node:crypto'
import type { Channel, HttpGatewayChanges, MailGatewayChanges } from '#contract/graph/gateways.ts'
import type { Locale } from '#contract/locale.ts'
import type { Charge } from '#server/domain/budget.ts'
import type { Caller } from '#server/domain/caller.ts'
import { type EmailAddress, maskedAddress, parseEmailAddress } from '#server/domain/email-address.ts'
import { inGsm7 } from '#server/domain/gsm7.ts'
import { bodyOf } from '#server/domain/letter.ts'
import { countryOf, maskedForLog, mayReceiveCalls, mayReceiveTexts, type PhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import { message } from '#server/locale.ts'
import type { System } from '#server/system.ts'
import { gatewayNames, wantedHttp, wantedMail } from './change-gateway.ts'

type Needs = Pick<
  System,
  | 'organization'
  | 'phones'
  | 'emailMethods'
  | 'users'
  | 'ownGateways'
  | 'gateways'
  | 'budgets'
  | 'inTransaction'
  | 'now'
  | 'callProofs'
  | 'publicUrl'
>

/** What came of it: which gateway's answer, and where it went, masked. */
export interface Tried {
  result: SendResult
  receiver: string
}

const hour = 60 * 60 * 1_000
const perHour = { count: 10, perMs: hour }
const perDay = { count: 30, perMs: 24 * hour }

/**
 * A text, a call or a mail to the administrator's own number or address, and to nobody else's: by what is in force, or by what they have typed
 * and not saved. Nobody can be sent anything by this who is not the one who asks.
 */
export async function tryHttpGateway(
  system: Needs,
  caller: Caller,
  channel: 'sms' | 'voice',
  wanted: Omit<HttpGatewayChanges, 'id'> | undefined,
  locale: Locale,
): Promise<Tried> {
  const number = await ownNumber(system, caller, channel)
  const stored = (await system.ownGateways.find(channel))?.settings
  const typed = wanted && wantedHttp(system, channel, stored, wanted)
  await payFor(system, channel)
  const key = randomUUID()
  const result =
    channel === 'sms'
      ? await firstTaken(typed ? [system.gateways.make('sms', typed)] : system.gateways.inForce('sms'), (gateway) =>
          gateway.send({ to: number, text: testText(system, locale), key }),
        )
      : await firstTaken(typed ? [system.gateways.make('voice', typed)] : system.gateways.inForce('voice'), (gateway) =>
          gateway.place(testCall(system, gateway, number, locale, key)),
        )
  await tell(system, caller, { channel, result, isTyped: typed !== undefined, country: countryOf(number) })
  return { result, receiver: maskedForLog(number) }
}

export async function tryMailGateway(
  system: Needs,
  caller: Caller,
  wanted: Omit<MailGatewayChanges, 'id'> | undefined,
  locale: Locale,
): Promise<Tried> {
  const to = await ownAddress(system, caller)
  const stored = (await system.ownGateways.find('mail'))?.settings
  const typed = wanted && wantedMail(system, stored, wanted)
  await payFor(system, 'mail')
  const gateways = typed ? [system.gateways.make('mail', typed)] : system.gateways.inForce('mail')
  const mail = { to, fromName: system.organization.displayName, ...testMail(system, locale), locale, key: randomUUID() }
  const result = await firstTaken(gateways, (gateway) => gateway.send(mail))
  if (typed) for (const gateway of gateways) gateway.close?.()
  await tell(system, caller, { channel: 'mail', result, isTyped: typed !== undefined, country: undefined })
  return { result, receiver: maskedAddress(to) }
}

/** In the order in which messages go; the last one's answer is told when none takes it. */
async function firstTaken<Gateway>(gateways: readonly Gateway[], send: (gateway: Gateway) => Promise<SendResult>): Promise<SendResult> {
  let result: SendResult | undefined
  for (const gateway of gateways) {
    result = await send(gateway)
    if (result.kind === 'sent') return result
  }
  return result ?? refuse('gateway_missing')
}

async function ownNumber({ phones }: Needs, { id }: Caller, channel: 'sms' | 'voice'): Promise<PhoneNumber> {
  const mayGo = channel === 'sms' ? mayReceiveTexts : mayReceiveCalls
  const usable = (await phones.ofUser(id)).filter((phone) => mayGo(phone.number) && (channel === 'voice' || !phone.isVoiceOnly))
  const chosen = usable.find(({ type }) => type === 'mobile') ?? usable[0]
  return chosen?.number ?? refuse('gateway_no_number')
}

async function ownAddress({ emailMethods, users }: Needs, { id }: Caller): Promise<EmailAddress> {
  const registered = (await emailMethods.ofUser(id))?.address
  return registered ?? parseEmailAddress((await users.find(id))?.mail ?? '') ?? refuse('gateway_no_address')
}

async function payFor({ budgets, organization, now }: Needs, channel: Channel): Promise<void> {
  const value = `${organization.id} ${channel}`
  const charges: Charge[] = [
    { scope: 'gateway test hour', value, limit: perHour, payer: 'shared' },
    { scope: 'gateway test day', value, limit: perDay, payer: 'shared' },
  ]
  const denials = await budgets.take(charges, now())
  const waitMs = Math.max(0, ...denials.map(({ retryAfterMs }) => retryAfterMs))
  if (denials.length > 0) refuse('gateway_tested_enough', { retryAfterSeconds: String(Math.ceil(waitMs / 1000)) })
}

const nameMaxLength = 40

function testText({ organization }: Needs, locale: Locale): string {
  return message(locale, 'features.gateways.test.text', { organisation: inGsm7(organization.displayName).slice(0, nameMaxLength) })
}

/** Its provider reports to an address of a call that is none, so whatever was pressed opens nothing. */
function testCall({ organization, callProofs, publicUrl }: Needs, gateway: { name: string }, to: PhoneNumber, locale: Locale, key: string) {
  const reported = { gateway: gateway.name, tenantId: organization.id, callId: key, round: 1 }
  const sentences = [message(locale, 'features.gateways.test.call', { organisation: organization.displayName })]
  return { to, extension: undefined, locale, sentences, reportsTo: publicUrl + callProofs.reportPathOf(reported), key }
}

function testMail({ organization }: Needs, locale: Locale) {
  const names = { organisation: organization.displayName }
  const subject = message(locale, 'features.gateways.test.mail-subject', names)
  const letter = {
    subject,
    greeting: message(locale, 'features.notices.mail.greeting'),
    before: [message(locale, 'features.gateways.test.mail', names)],
    after: [],
    foot: message(locale, 'features.gateways.test.mail-foot', names),
  }
  return { subject, ...bodyOf(letter, locale) }
}

interface Told {
  channel: Channel
  result: SendResult
  isTyped: boolean
  country: string | undefined
}

/** What was typed and not saved says nothing of what is in force. */
async function tell(system: Needs, caller: Caller, { channel, result, isTyped, country }: Told): Promise<void> {
  const now = system.now()
  await system.inTransaction(async ({ gatewayHealth, messageCounts, audit }) => {
    if (!isTyped && result.kind === 'sent') await gatewayHealth.worked(channel, now)
    if (!isTyped && result.kind !== 'sent') await gatewayHealth.failed(channel, result.reason, now)
    if (result.kind === 'sent' && country !== undefined) await messageCounts.add(channel, country, 1, now)
    const reason = result.kind === 'sent' ? {} : { reason: result.reason }
    await audit.record(
      caller,
      {
        activity: 'Test message gateway',
        category: 'DirectoryManagement',
        operation: 'Other',
        targets: [{ id: channel, kind: 'Other', displayName: gatewayNames[channel] }],
        details: { outcome: result.kind, settings: isTyped ? 'typed' : 'in force', ...reason },
      },
      now,
    )
  })
}
