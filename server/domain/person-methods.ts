import type { Authority } from '#server/store/authority.ts'
import type { Users } from '#server/store/users.ts'
import { hasStrongProof } from './administer.ts'
import type { Caller } from './caller.ts'
import { allowedBy, requireMay } from './decide.ts'
import { mayReadMethods, seesWholeNumbers } from './read-methods.ts'
import { refuse } from './refusal.ts'
import { roleName } from './roles.ts'
import type { User } from './user.ts'

interface PersonParts {
  users: Pick<Users, 'find'>
  authority: Pick<Authority, 'targetOf'>
}

/** Somebody whose methods the caller may see, and whether with whole numbers. */
export async function getPersonToRead(
  { users, authority }: PersonParts,
  caller: Caller,
  idOrName: string,
  now: Date,
): Promise<{ user: User; isWhole: boolean }> {
  const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  if (user.id === caller.id) return { user, isWhole: true }
  const target = await authority.targetOf(user.id)
  allowedBy(mayReadMethods(caller, target))
  return { user, isWhole: seesWholeNumbers(caller, target, now) }
}

/** Somebody whose methods the caller may change, by a role over them. */
export async function getPersonToManage({ users, authority }: PersonParts, caller: Caller, idOrName: string, now: Date): Promise<User> {
  const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  requireMay(caller, ['manage-methods'], await authority.targetOf(user.id), now)
  return user
}

/** The same, or oneself. Who holds a role needs the second factor for that too, since whoever gets at their methods gets the role. */
export async function getPersonToChange(parts: PersonParts, caller: Caller, idOrName: string, now: Date): Promise<User> {
  if (idOrName !== caller.id) return getPersonToManage(parts, caller, idOrName, now)
  requireOwnProof(caller, now)
  return (await parts.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
}

export function requireOwnProof(caller: Caller, now: Date): void {
  if (hasOwnProof(caller, now)) return
  const names = new Set(caller.roles.map(({ roleId }) => roleName(roleId) ?? roleId))
  refuse('proof_too_weak', { roles: [...names].join(', ') })
}

/** Whether this caller signed in strongly enough to change their own methods. */
export function hasOwnProof(caller: Caller, now: Date): boolean {
  return caller.roles.length === 0 || hasStrongProof(caller, now)
}
