import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { CallPurpose } from '#server/domain/call.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import { signingHeaders } from '#server/domain/signed-report.ts'
import type { SendResult } from '#server/gateways/send-result.ts'
import type { OutgoingCall, VoiceGateway } from '#server/gateways/voice/voice-gateway.ts'
import { methods } from '#server/methods/index.ts'
import { newBrowser, nothing } from './asking.ts'
import type { World } from './world.ts'

interface Options {
  number?: string
  phoneType?: PhoneType
  extension?: string
  browser?: Browser
  purpose?: CallPurpose
}

/** Somebody in front of a browser, who asks to be called. */
export class Calling {
  readonly world: World
  readonly userId: string | undefined
  readonly browser: Browser
  readonly number: PhoneNumber
  readonly phoneType: PhoneType
  readonly extension: string | undefined
  readonly purpose: CallPurpose
  callId = ''

  constructor(world: World, userId: string | undefined, options: Options = {}) {
    this.world = world
    this.userId = userId
    this.browser = options.browser ?? newBrowser()
    this.number = canonicalNumber(options.number ?? '+31612345678')
    this.phoneType = options.phoneType ?? 'mobile'
    this.extension = options.extension
    this.purpose = options.purpose ?? 'second-factor'
  }

  async start(): Promise<this> {
    const started = await this.tryToStart()
    assert.ok(started.kind === 'started', started.kind)
    this.callId = started.callId
    return this
  }

  tryToStart() {
    const { world, browser, userId, number, phoneType, extension, purpose } = this
    return methods.voice.startCall(world.system, { purpose, userId, number, phoneType, extension, locale: 'en', browser })
  }

  again() {
    return methods.voice.callAgain(this.world.system, this.callId, this.browser, this.purpose)
  }

  view(browser = this.browser) {
    return methods.voice.viewCall(this.world.system, this.callId, browser, this.purpose)
  }

  async state(): Promise<string | undefined> {
    return (await this.view())?.state
  }

  async digit(): Promise<string> {
    return (await this.view())?.digit ?? assert.fail('no call')
  }

  async wrongDigit(): Promise<string> {
    return String((Number(await this.digit()) % 9) + 1)
  }

  check(browser = this.browser) {
    return methods.voice.checkCall(this.world.system, this.callId, browser, nothing, this.purpose)
  }
}

/** A provider that answers as it is told, the last answer for ever after, and reports what a test has it report. */
export class ScriptedVoice implements VoiceGateway {
  readonly name: string
  readonly perSecond = undefined
  readonly dialsExtensions: boolean
  readonly secret = randomUUID()
  readonly taken: OutgoingCall[] = []
  answers: SendResult[]

  constructor(name: string, answers: SendResult[] = [{ kind: 'sent' }], dialsExtensions = false) {
    this.name = name
    this.answers = answers
    this.dialsExtensions = dialsExtensions
  }

  async place(call: OutgoingCall): Promise<SendResult> {
    this.taken.push(call)
    return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? { kind: 'sent' }
  }

  /** Where it was told to report, of the newest call. */
  get address(): string {
    return this.taken.at(-1)?.reportsTo ?? assert.fail('no call was placed')
  }

  report(
    world: World,
    event: string,
    { id = randomUUID(), keys, secret = this.secret, at = world.now, address = this.address }: Report = {},
  ) {
    const body = JSON.stringify({ event, ...(keys !== undefined && { keys }) })
    return world.client(undefined).post(address, body, signingHeaders(secret, id, body, at))
  }
}

interface Report {
  id?: string
  keys?: string
  secret?: string
  at?: Date
  address?: string
}

/** The phone rings, and whoever has it does as the page and the voice say. */
export async function answerCall(world: World, number: string, digit: string): Promise<void> {
  const { id } = await world.callTo(number)
  const phone = world.client(undefined)
  assert.equal((await phone.post(`/inbox/calls/${id}/answer`)).status, 200)
  assert.equal((await phone.post(`/inbox/calls/${id}/keys`, { keys: `${digit}#` })).status, 200)
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.fail('it did not happen')
}
