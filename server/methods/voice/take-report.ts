import { createHash } from 'node:crypto'
import type { CallReport } from '#contract/call-reports.ts'
import type { Locale } from '#contract/locale.ts'
import { type Call, isCallOver } from '#server/domain/call.ts'
import { chargesForAnswer, failureKey } from '#server/domain/code-charges.ts'
import { hasTriesLeft, type KeysOutcome, openingWords, wordsAfterKeys } from './script.ts'
import type { Needs } from './start-call.ts'

/** What the provider says next, in which language, and whether it then waits for keys or hangs up. */
export interface Reply {
  say: string[]
  locale: Locale
  listens: boolean
}

const nothingToSay: Reply = { say: [], locale: 'en', listens: false }

/**
 * What a provider says became of a call. It only ever moves forward; a report of an earlier call, or of one that is over, changes nothing.
 * Which key is right is decided here: the provider does not know it.
 */
export async function takeReport(
  system: Needs,
  { callId, round }: { callId: string; round: number },
  reportId: string,
  report: CallReport,
): Promise<Reply> {
  const call = await system.calls.find(callId)
  if (!call || call.round !== round || call.userId === undefined || call.expiresAt <= system.now()) return nothingToSay
  if (report.event === 'keys') return takeKeys(system, call, shortened(reportId), report.keys)
  const { event } = report
  await system.writing(({ calls }) => calls.move(call, event))
  // A report of the beginning that comes after the end does not begin anew.
  if (event !== 'answered' || isCallOver(call)) return nothingToSay
  return { say: openingWords(call, system.organization.displayName), locale: call.locale, listens: true }
}

async function takeKeys(system: Needs, call: Call, report: string, keys: string): Promise<Reply> {
  if (call.reports.includes(report)) return replyNow(system, call.id, call.round)
  const { isAllowed, key, charges } = await payForKeys(system, call)
  const isRight = system.callProofs.match({ callId: call.id, tenantId: system.organization.id, ...call }, keys)
  const paid = await system.writing(async ({ calls, methodPauses }) => {
    const after = await calls.payForKeys(call, report, system.now())
    if (!after) return undefined
    if (isRight && isAllowed) {
      await calls.move(call, 'passed')
      await methodPauses.clear(key)
      return 'right'
    }
    if (isAllowed) await methodPauses.fail(key, system.now())
    if (hasTriesLeft(after)) return 'wrong'
    await calls.move(call, 'wrongKey')
    return 'last-wrong'
  })
  // Another report of this call was faster: it stands, and these keys were never looked at.
  if (paid === undefined || paid === 'right') system.budgets.refund(charges, system.now())
  if (!paid) return replyNow(system, call.id, call.round)
  return reply(call, paid)
}

/** For a report that came twice: what was said to the first. */
async function replyNow(system: Needs, callId: string, round: number): Promise<Reply> {
  const call = await system.calls.find(callId)
  if (call?.round !== round) return nothingToSay
  if (call.state === 'passed') return reply(call, 'right')
  if (call.state === 'wrongKey') return reply(call, 'last-wrong')
  return call.state === 'answered' ? reply(call, 'wrong') : nothingToSay
}

function reply({ locale }: Call, outcome: KeysOutcome): Reply {
  return { say: wordsAfterKeys(locale, outcome), locale, listens: outcome === 'wrong' }
}

/** The budget of the number, over texts and calls alike; while it is used up, or rests, every key is the wrong one. */
async function payForKeys(system: Needs, call: Call) {
  const now = system.now()
  const key = failureKey('sms', call.purpose, system.challenges.indexOf(call.number), undefined)
  const pause = await system.methodPauses.find(key)
  const answer = { tenantId: system.organization.id, key, address: '', device: undefined }
  // Nobody's address is known: the keys come from a phone.
  const charges = chargesForAnswer(system.limits, answer).filter(({ payer }) => payer === 'shared')
  const denials = await system.budgets.take(charges, now)
  if (denials.length > 0) await system.atOnce.methodPauses.pause(key, now)
  const isResting = pause !== undefined && (pause.isSuspended || pause.pausedUntil > now)
  return { isAllowed: denials.length === 0 && !isResting, key, charges }
}

function shortened(reportId: string): string {
  return createHash('sha256').update(reportId).digest().subarray(0, 12).toString('base64url')
}
