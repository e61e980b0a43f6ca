import type { Stores } from '#server/system.ts'
import type { Charge } from './budget.ts'
import { type Challenge, triesLeft } from './challenge.ts'
import type { Browser, Carrier, Needs } from './code-challenge.ts'
import { chargesForAnswer, chargesForStranger, failureKey, limitsAt } from './code-charges.ts'
import type { CodePurpose } from './code-purpose.ts'

export type CheckOutcome<Receiver extends string> =
  | { kind: 'passed'; userId: string; receiver: Receiver; challengeId: string }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'over' }

export type OnOutcome<Receiver extends string> = (stores: Stores, outcome: CheckOutcome<Receiver>) => Promise<void>

export interface CodeAnswer {
  challengeId: string
  browser: Browser
  answer: string
  purpose: CodePurpose
}

/**
 * Holds an answer against the code. Everything is paid before the answer is looked at, in transactions of its own that no failure afterwards
 * undoes; a right code is used up by exactly one caller. `alongside` is kept together with that.
 */
export async function checkCode<Receiver extends string>(
  system: Needs,
  carrier: Carrier<Receiver>,
  { challengeId, browser, answer, purpose }: CodeAnswer,
  alongside: OnOutcome<Receiver>,
): Promise<CheckOutcome<Receiver>> {
  const { method } = carrier
  const challenge = await system.atOnce.challenges.payForTry(challengeId, { method, binding: browser.binding, purpose }, system.now())
  // expired, used, spent, of another browser, for something else or never there: one answer, so guessing teaches nothing
  if (!challenge) return over(system, challengeId, browser, alongside)

  const { isAllowed, key, charges, hasFailed } = await payForAnswer(system, challenge, browser)
  const isRight = system.codes.match({ challengeId, tenantId: system.organization.id, ...challenge }, answer)
  const userId = isAllowed && isRight ? challenge.userId : undefined
  if (userId === undefined) {
    if (isAllowed) await system.atOnce.methodPauses.fail(key, system.now())
    return conclude(system, { kind: 'wrong', triesLeft: triesLeft(challenge) }, alongside)
  }

  const receiver = carrier.read(challenge.receiver)
  // Sign-ins come in crowds, and what is kept with them decides for itself. All else that a code opens is written because of what was read.
  const keeping = purpose === 'sign-in' ? system.writing : system.inTransaction
  const outcome = await keeping(async (stores) => {
    const isFirst = await stores.challenges.pass(challenge, system.now())
    const result: CheckOutcome<Receiver> = isFirst ? { kind: 'passed', userId, receiver, challengeId } : { kind: 'over' }
    if (isFirst && hasFailed) await stores.methodPauses.clear(key)
    await alongside(stores, result)
    return result
  })
  const typed = outcome.kind === 'passed' ? carrier.refund(system.limits, system.organization.id, receiver) : []
  system.budgets.refund([...charges, ...typed], system.now())
  return outcome
}

/** Who holds another browser's challenge, or makes ids up, pays as for a wrong answer; a code that was merely too old costs nothing. */
async function over<Receiver extends string>(
  system: Needs,
  challengeId: string,
  browser: Browser,
  alongside: OnOutcome<Receiver>,
): Promise<CheckOutcome<Receiver>> {
  const known = await system.challenges.find(challengeId)
  if (known?.binding !== browser.binding)
    await system.budgets.take(chargesForStranger(limitsAt(system, browser.address), browser.address), system.now())
  return conclude(system, { kind: 'over' }, alongside)
}

interface Payment {
  isAllowed: boolean
  key: string
  charges: Charge[]
  hasFailed: boolean
}

/** While the budget of the receiver is used up, or the method rests for it, an answer is wrong whatever it says. */
async function payForAnswer(system: Needs, challenge: Challenge, { device, address }: Browser): Promise<Payment> {
  const now = system.now()
  const isKnown = device !== undefined && (await system.knownBrowsers.isKnown(device, challenge.userId, now))
  const known = isKnown ? device : undefined
  const key = failureKey(challenge.method, challenge.purpose, system.challenges.indexOf(challenge.receiver), known)
  const pause = await system.methodPauses.find(key)
  const charges = chargesForAnswer(limitsAt(system, address), { tenantId: system.organization.id, key, address, device: known })
  const denials = await system.budgets.take(charges, now)
  if (denials.some(({ charge }) => charge.payer === 'shared')) await system.atOnce.methodPauses.pause(key, now)
  const isResting = pause !== undefined && (pause.isSuspended || pause.pausedUntil > now)
  return { isAllowed: denials.length === 0 && !isResting, key, charges, hasFailed: pause !== undefined }
}

async function conclude<Receiver extends string>(
  system: Needs,
  outcome: CheckOutcome<Receiver>,
  alongside: OnOutcome<Receiver>,
): Promise<CheckOutcome<Receiver>> {
  await system.writing((stores) => alongside(stores, outcome))
  return outcome
}
