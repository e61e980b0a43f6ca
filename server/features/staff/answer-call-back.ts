import { type CallBack, callBackLifeMs, callBackRefusedMs } from '#server/domain/call-back.ts'
import type { Author } from '#server/domain/caller.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'
import { callBackEvent } from './call-back-event.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'atOnce' | 'callBacks'>

/** From where somebody opened the page behind the text. */
export interface Visit {
  requestId: string
  address: string
}

export type CallBackOutcome = { kind: 'agreed' | 'refused' | 'over' } | { kind: 'wrong'; triesLeft: number }

/** Whoever holds the link types what stands on the manager's screen, or says no with `undefined`. */
export async function answerCallBack(system: Needs, secret: string, digits: string | undefined, visit: Visit): Promise<CallBackOutcome> {
  const callBack = await system.callBacks.findByLink(secret)
  if (!callBack) return { kind: 'over' }
  if (digits === undefined) return settle(system, callBack, 'refused', visit)
  const triesLeft = await system.atOnce.callBacks.payForTry(callBack.id, system.now())
  if (triesLeft === undefined) return { kind: 'over' }
  if (digits === callBack.question.digits) return settle(system, callBack, 'agreed', visit)
  return triesLeft > 0 ? { kind: 'wrong', triesLeft } : settle(system, callBack, 'failed', visit)
}

/** Where a no is final, and so is having guessed too often; a yes still waits for the manager's page. */
const ends = {
  agreed: { state: 'agreed', outcome: 'agreed', lastsMs: callBackLifeMs },
  refused: { state: 'refused', outcome: 'refused', lastsMs: callBackRefusedMs },
  failed: { state: 'over', outcome: 'over', lastsMs: callBackLifeMs },
} as const

async function settle(system: Needs, callBack: CallBack, end: keyof typeof ends, visit: Visit): Promise<CallBackOutcome> {
  const { state, outcome, lastsMs } = ends[end]
  const isMine = await system.inTransaction(async (stores) => {
    const now = system.now()
    const until = new Date(now.getTime() + lastsMs)
    // A yes can be taken back as long as nothing was done.
    const moved =
      (await stores.callBacks.move(callBack.id, 'waiting', state, until, now)) ||
      (end === 'refused' && (await stores.callBacks.move(callBack.id, 'agreed', state, until, now)))
    if (moved) await writeDown(stores, callBack, end, visit, now)
    return moved
  })
  return { kind: isMine ? outcome : 'over' }
}

async function writeDown(stores: Stores, { userId, question }: CallBack, end: keyof typeof ends, visit: Visit, now: Date): Promise<void> {
  const user = await stores.users.find(userId)
  if (user) await stores.audit.record(authorOf(user, visit), callBackEvent(end, user, question), now)
}

function authorOf({ id, displayName, userPrincipalName }: User, { requestId, address }: Visit): Author {
  return { author: { kind: 'person', id, displayName, userPrincipalName, address }, requestId, mark: { Source: 'My Staff' } }
}
