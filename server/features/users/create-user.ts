import { randomUUID } from 'node:crypto'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { NewPassword, NewUser, User } from '#server/domain/user.ts'
import { changedProperties, refuseForeignDomain } from '#server/domain/user-changes.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'passwords' | 'users' | 'organization' | 'reload'>

export interface Wanted {
  user: Omit<NewUser, 'id' | 'password'>
  password: { text: string; mustChange: boolean } | undefined
}

/** Accounts are made by people with a role, never by a phone number that nobody knows. A password is not needed. */
export async function createUser(system: Needs, caller: Caller, { user, password }: Wanted): Promise<User> {
  const hashed: NewPassword | undefined = password && { hash: await system.passwords.hash(password.text), mustChange: password.mustChange }
  const id = randomUUID()
  await system.inTransaction(async ({ users, phones, domains, audit }) => {
    refuseForeignDomain(user.userPrincipalName, await domains.all())
    if (password) await methods.password.requireGoodPassword({ ...system, phones }, { ...user, id: undefined }, password)

    const added = await users.add({ ...user, id, ...(hashed && { password: hashed }) }, system.now())
    if (!added) refuse('upn_taken', { property: 'userPrincipalName' })
    await audit.record(
      caller,
      {
        activity: 'Add user',
        category: 'UserManagement',
        operation: 'Add',
        targets: [
          {
            id,
            kind: 'User',
            displayName: user.displayName,
            userPrincipalName: user.userPrincipalName,
            changed: changedProperties(undefined, { ...user, ...(hashed && { password: hashed }) }),
          },
        ],
      },
      system.now(),
    )
  })
  if (password) system.reload()
  return (await system.users.find(id)) ?? refuse('changed_meanwhile')
}
