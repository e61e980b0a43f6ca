import type { Author } from '#server/domain/caller.ts'
import type { HeldProof } from '#server/domain/interaction.ts'
import type { PasswordProblem } from '#server/domain/password-policy.ts'
import type { HeldSession } from '#server/domain/session.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { findDueOfHeld } from './conclude.ts'
import type { Due } from './rules.ts'

export interface NewPasswordAnswer {
  held: HeldProof
  needsTwoFactors: boolean
  password: string
  address: string
  requestId: string
}

type Finish = (stores: Stores) => Promise<Due | undefined>

export type Chosen =
  | { kind: 'refused'; problem: PasswordProblem | 'password_not_new' }
  | { kind: 'gone' }
  | { kind: 'chosen'; due: Due | undefined }

/** Somebody whose password was another's choice makes their own, between the proof and the answer. */
export async function choosePassword(system: System, answer: NewPasswordAnswer, finish: Finish): Promise<Chosen> {
  const { held, needsTwoFactors, password, address, requestId } = answer
  const user = await system.users.find(held.userId)
  if (!user) return { kind: 'gone' }
  const problem = await methods.password.judgeNewPassword(system, user, { text: password, mustChange: false })
  if (problem) return { kind: 'refused', problem }
  const kept = await system.personPasswords.find(user.id)
  if (await system.passwords.verify(password, kept?.hash)) return { kind: 'refused', problem: 'password_not_new' }

  const hash = await system.passwords.hash(password)
  const { id, displayName, userPrincipalName } = user
  const author: Author = { author: { kind: 'person', id, displayName, userPrincipalName, address }, requestId }
  let ended: readonly HeldSession[] = []
  const chosen = await system.inTransaction(async (stores): Promise<Chosen> => {
    const due = await findDueOfHeld(stores, held, { now: system.now(), mayOffer: true, needsTwoFactors })
    if (due === 'gone') return { kind: 'gone' }
    const setting = { password: { hash, mustChange: false }, author, keeps: undefined }
    if (due === 'change-password') ended = await methods.password.setPassword(stores, user, setting, system.now())
    return { kind: 'chosen', due: await finish(stores) }
  })
  system.announceSignOuts(ended)
  return chosen
}
