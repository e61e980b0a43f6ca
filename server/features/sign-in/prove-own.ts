import type { Browser } from '#server/domain/code-challenge.ts'
import type { HeldProof } from '#server/domain/interaction.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import { methods } from '#server/methods/index.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { Stores, System } from '#server/system.ts'
import { isStillHeld } from './conclude.ts'
import { waitingFor } from './rules.ts'

export interface OwnProof {
  channel: 'sms' | 'voice'
  challengeId: string
  code: string
  browser: Browser
}

export type ProvenOwn = { kind: 'proven' } | { kind: 'wrong'; triesLeft: number } | { kind: 'not-yet' } | { kind: 'over' }

/** One more thing is proven, beside what is held already: that whoever is here has what the person had before. */
export async function proveOwn(system: System, pending: PendingInteraction, held: HeldProof, proof: OwnProof): Promise<ProvenOwn> {
  const { channel, challengeId, code, browser } = proof
  let isProven = false
  const keep = async (stores: Stores, userId: string, number: PhoneNumber) => {
    isProven = userId === held.userId && (await isStillHeld(stores, held))
    if (!isProven) return
    await pending.hold(stores, { ...held, methods: [...held.methods, channel === 'sms' ? 'sms' : 'tel'] })
    const step = {
      at: system.now(),
      method: channel === 'sms' ? 'Text message' : 'Phone call',
      detail: maskedForLog(number),
      succeeded: true,
      result: channel === 'sms' ? 'correctCode' : 'approved',
      requirement: 'Secondary authentication',
    } as const
    await stores.signIns.step(held.attemptId, step, waitingFor.register)
  }
  if (channel === 'sms') {
    const answer = { challengeId, browser, answer: code, purpose: 'second-factor' } as const
    const outcome = await methods.sms.checkCode(system, answer, async (stores, checked) => {
      if (checked.kind === 'passed') await keep(stores, checked.userId, checked.receiver)
    })
    if (outcome.kind === 'wrong') return outcome
  } else {
    const outcome = await methods.voice.checkCall(
      system,
      challengeId,
      browser,
      async (stores, checked) => {
        if (checked.kind === 'passed') await keep(stores, checked.userId, checked.number)
      },
      'second-factor',
    )
    if (outcome.kind === 'not_yet') return { kind: 'not-yet' }
  }
  return { kind: isProven ? 'proven' : 'over' }
}
