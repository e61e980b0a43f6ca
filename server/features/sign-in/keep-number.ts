import type { Author } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

export interface NumberAnswer {
  challengeId: string
  browser: Browser
  /** Whether the number that was proven just now names this person from now on. */
  keeps: boolean
  requestId: string
}

/** Completes a registration that could not be completed before. False when somebody else took the number meanwhile. */
export async function keepNumber(system: Pick<System, 'inTransaction' | 'now'>, answer: NumberAnswer): Promise<boolean> {
  const { challengeId, browser, keeps, requestId } = answer
  const now = system.now()
  return system.inTransaction(async (stores) => {
    const { challenges, phones, users } = stores
    const challenge = await challenges.find(challengeId)
    const isProven = challenge?.passedAt !== undefined && challenge.binding === browser.binding && challenge.purpose === 'sign-in'
    const user = isProven && challenge.userId ? await users.find(challenge.userId) : undefined
    const before = user && (await phones.find(user.id, 'mobile'))
    if (!user || before?.number !== challenge?.receiver) return refuse('changed_meanwhile')
    const change = keeps ? ({ signInWish: 'wanted', provenAt: now } as const) : ({ signInWish: 'off' } as const)
    if (!(await phones.change(user.id, 'mobile', change, now))) return false
    const { id, displayName, userPrincipalName } = user
    const author: Author = { author: { kind: 'person', id, displayName, userPrincipalName, address: browser.address }, requestId }
    const after = await phones.find(id, 'mobile')
    const details = { SmsSignIn: keeps ? 'enabled' : 'declined' }
    await recordNumber(stores, { ...author, id }, user, 'updated', { before, after, details }, now)
    return true
  })
}
