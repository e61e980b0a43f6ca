import type { Caller } from '#server/domain/caller.ts'
import { temporaryPassword } from '#server/domain/temporary-password.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedAct, refuseClosed } from './rules.ts'

/** For a day, made here and told once; the person chooses their own when they sign in with it. */
export async function resetPassword(system: System, manager: Caller, id: string): Promise<string> {
  await payAct(system, manager)
  const text = temporaryPassword()
  const hash = await system.passwords.hash(text)
  const ended = await system.inTransaction(async (stores) => {
    const now = system.now()
    const facts = await readPerson(stores, manager, id, now)
    refuseClosed(closedAct(manager, 'password', facts, now))
    return methods.password.setPassword(
      stores,
      facts.user,
      { password: { hash, mustChange: true }, author: manager, keeps: undefined },
      now,
    )
  })
  system.announceSignOuts(ended)
  system.reload()
  return text
}
