import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import { temporaryPassword } from '#server/domain/temporary-password.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

/**
 * An administrator gives somebody a password for a day. Without one of their own choice it is made here and told once; the person chooses
 * their own when they sign in with it.
 */
export async function resetPassword(
  system: System,
  caller: Caller,
  { userId, chosen }: { userId: string; chosen: string | undefined },
): Promise<string> {
  const text = chosen ?? temporaryPassword()
  const hash = await system.passwords.hash(text)
  const ended = await system.inTransaction(async (stores) => {
    const user = (await stores.users.find(userId)) ?? refuse('object_not_found', { id: userId })
    requireMay(caller, ['reset-password'], await stores.authority.targetOf(user.id), system.now())
    if (chosen !== undefined)
      await methods.password.requireGoodPassword({ ...system, ...stores }, user, { text, mustChange: true, property: 'newPassword' })
    const setting = { password: { hash, mustChange: true }, author: caller, keeps: undefined }
    return methods.password.setPassword(stores, user, setting, system.now())
  })
  system.announceSignOuts(ended)
  system.reload()
  return text
}
