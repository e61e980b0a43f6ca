import type { Caller } from '#server/domain/caller.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

/** Somebody who has none gets a password beside what they sign in with. */
export async function setFirstPassword(system: System, caller: Caller, text: string): Promise<void> {
  requireOwnProof(caller, system.now())
  const user = (await system.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
  if (await system.personPasswords.find(user.id)) refuse('password_exists')
  await methods.password.requireGoodPassword(system, user, { text, mustChange: false, property: 'newPassword' })
  const hash = await system.passwords.hash(text)
  await system.inTransaction(async (stores) => {
    if (await stores.personPasswords.find(user.id)) refuse('password_exists')
    await methods.password.addPassword(stores, user, hash, caller, system.now())
  })
  system.reload()
}
