import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { usualLimits } from '#server/domain/budget.ts'
import type { CheckOutcome } from '#server/domain/check-code.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import { codesByText } from '#server/methods/sms/challenge.ts'
import type { World } from './world.ts'

export const nothing = async () => {}

export function newBrowser(changes: Partial<Browser> = {}): Browser {
  return { binding: randomUUID(), device: undefined, address: '192.0.2.1', ...changes }
}

/** Somebody in front of a browser, who asks for codes and types them. */
export class Asking {
  readonly world: World
  readonly browser: Browser
  readonly userId: string | undefined
  readonly number: PhoneNumber
  readonly purpose: CodePurpose
  challengeId = ''

  constructor(world: World, userId: string | undefined, options: { number?: string; browser?: Browser; purpose?: CodePurpose } = {}) {
    this.world = world
    this.userId = userId
    this.browser = options.browser ?? newBrowser()
    this.number = canonicalNumber(options.number ?? '+31612345678')
    this.purpose = options.purpose ?? 'sign-in'
  }

  async start(): Promise<this> {
    const started = await this.tryToStart()
    assert.ok(started.kind === 'started', started.kind)
    this.challengeId = started.challengeId
    return this
  }

  tryToStart() {
    const { world, browser, userId, number, purpose } = this
    return codesByText.startCode(world.system, { purpose, userId, receiver: number, locale: 'nl', browser })
  }

  resend() {
    return codesByText.resendCode(this.world.system, this.challengeId, this.browser, this.purpose)
  }

  view() {
    return codesByText.viewChallenge(this.world.system, this.challengeId, this.browser, this.purpose)
  }

  check(answer: string, browser = this.browser): Promise<CheckOutcome<PhoneNumber>> {
    const { challengeId, purpose } = this
    return codesByText.checkCode(this.world.system, { challengeId, browser, answer, purpose }, nothing)
  }

  /** What was texted. */
  async code(): Promise<string> {
    return this.world.codeIn(await this.world.textTo(this.number))
  }

  /** What would be texted, also where nothing is. */
  async secretCode(): Promise<string> {
    const { system, tenantId } = this.world
    const challenge = (await system.challenges.find(this.challengeId)) ?? assert.fail('no challenge')
    return system.codes.of({ challengeId: this.challengeId, tenantId, ...challenge })
  }

  async wrongCode(): Promise<string> {
    return String((Number(await this.secretCode()) + 1) % 1_000_000).padStart(6, '0')
  }
}

const plenty = { count: 1_000_000, perMs: 1 }

/** Nothing is ever used up, but what a test names. */
export function limitsBut<Named extends Partial<Record<string, { count: number; perMs: number; burst?: number }>>>(
  group: 'texts' | 'calls' | 'failures' | 'passwords',
  named: Named,
) {
  const texts = {
    ...{ numberGap: plenty, numberHour: plenty, numberDay: plenty, personHour: plenty, personDay: plenty, address: plenty },
    ...{ addressDay: plenty, net: plenty, prefix: plenty, untyped: plenty, tenant: plenty, tenantDay: plenty, installationDay: plenty },
  }
  const failures = { numberHour: plenty, numberDay: plenty, address: plenty, net: plenty }
  const passwords = { address: plenty, net: plenty }
  const { mails, notices, staff } = usualLimits
  const { personHour: _hour, personDay: _day, untyped, tenantDay: _tenantDay, ...shared } = texts
  const calls = { ...shared, unproven: untyped }
  return {
    mails,
    notices,
    staff,
    calls: group === 'calls' ? { ...calls, ...named } : calls,
    texts: group === 'texts' ? { ...texts, ...named } : texts,
    failures: group === 'failures' ? { ...failures, ...named } : failures,
    passwords: group === 'passwords' ? { ...passwords, ...named } : passwords,
  }
}
