import type { Channel, HttpGatewayChanges, MailGatewayChanges } from '#contract/graph/gateways.ts'
import type { Caller } from '#server/domain/caller.ts'
import {
  type HttpSettings,
  type MailSettings,
  newHttpSettings,
  newMailSettings,
  problemIn,
  problemInMail,
  type SettingProblem,
} from '#server/domain/own-gateway.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores, System } from '#server/system.ts'
import { differences, mergedHttp, mergedMail } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload' | 'gateways'>

/** The organisation's texts or calls leave by this provider from the next one on. */
export async function changeHttpGateway(
  system: Needs,
  caller: Caller,
  channel: 'sms' | 'voice',
  wanted: Omit<HttpGatewayChanges, 'id'>,
): Promise<void> {
  await system.inTransaction(async (stores) => {
    const before = (await stores.ownGateways.find(channel))?.settings
    const after = wantedHttp(system, channel, before, wanted)
    await keep(system, stores, caller, channel, before, after)
  })
  system.reload()
}

export async function changeMailGateway(system: Needs, caller: Caller, wanted: Omit<MailGatewayChanges, 'id'>): Promise<void> {
  await system.inTransaction(async (stores) => {
    const before = (await stores.ownGateways.find('mail'))?.settings
    const after = wantedMail(system, before, wanted)
    await keep(system, stores, caller, 'mail', before, after)
  })
  system.reload()
}

/** Its messages leave by the installation's gateways again. What was typed is forgotten, secrets and all. */
export async function removeGateway(system: Needs, caller: Caller, channel: Channel): Promise<void> {
  await system.inTransaction(async (stores) => {
    const before = await stores.ownGateways.find(channel)
    if (!before || !(await stores.ownGateways.remove(channel))) return
    await stores.gatewayHealth.forget(channel)
    await record(system, stores, caller, channel, differences(before.settings, undefined), 'Delete')
  })
  system.reload()
}

/** What is in force and what is said anew, together, as long as they can be used. */
export function wantedHttp(
  { now, gateways }: Pick<System, 'now' | 'gateways'>,
  channel: 'sms' | 'voice',
  before: HttpSettings | undefined,
  wanted: Omit<HttpGatewayChanges, 'id'>,
): HttpSettings {
  const after = mergedHttp(before ?? newHttpSettings, wanted, now())
  refuseProblem(problemIn(channel, after, gateways.reachesLoopback))
  return after
}

export function wantedMail(
  { now, gateways }: Pick<System, 'now' | 'gateways'>,
  before: MailSettings | undefined,
  wanted: Omit<MailGatewayChanges, 'id'>,
): MailSettings {
  const after = mergedMail(before ?? newMailSettings, wanted, now())
  refuseProblem(problemInMail(after, gateways.reachesLoopback))
  return after
}

function refuseProblem(problem: SettingProblem | undefined): void {
  if (problem) refuse(problem.code, { property: problem.property, ...problem.details })
}

async function keep<C extends Channel>(
  system: Needs,
  stores: Stores,
  caller: Caller,
  channel: C,
  before: HttpSettings | MailSettings | undefined,
  after: C extends 'mail' ? MailSettings : HttpSettings,
): Promise<void> {
  const changed = differences(before, after)
  if (before && changed.length === 0) return
  await stores.ownGateways.set<Channel>(channel, after, system.now())
  await stores.gatewayHealth.forget(channel)
  await record(system, stores, caller, channel, changed, before ? 'Update' : 'Add')
}

const activities = { Add: 'Add message gateway', Update: 'Update message gateway', Delete: 'Delete message gateway' } as const

async function record(
  { now }: Pick<System, 'now'>,
  { audit }: Stores,
  caller: Caller,
  channel: Channel,
  changed: ReturnType<typeof differences>,
  operation: keyof typeof activities,
): Promise<void> {
  const target = { id: channel, kind: 'Other', displayName: gatewayNames[channel], changed } as const
  await audit.record(caller, { activity: activities[operation], category: 'DirectoryManagement', operation, targets: [target] }, now())
}

export const gatewayNames: Readonly<Record<Channel, string>> = { sms: 'SMS gateway', voice: 'Voice gateway', mail: 'Mail server' }
