import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import { tellOfChange } from '#server/domain/tell-of-change.ts'
import type { UserChanges } from '#server/domain/user.ts'
import { actsIn, changedProperties, refuseForeignDomain } from '#server/domain/user-changes.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { isOwnBusiness } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'passwords' | 'organization' | 'reload'>

export interface WantedChanges {
  changes: Omit<UserChanges, 'password'>
  password: { text: string; mustChange: boolean } | undefined
}

export async function changeUser(system: Needs, caller: Caller, idOrName: string, wanted: WantedChanges): Promise<void> {
  const { password } = wanted
  const changes: UserChanges = {
    ...wanted.changes,
    ...(password && { password: { hash: await system.passwords.hash(password.text), mustChange: password.mustChange } }),
  }
  await system.inTransaction(async (stores) => {
    const { users, authority, audit } = stores
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    // Nothing to change is nothing to allow or to write down.
    if (Object.keys(changes).length === 0) return
    if (caller.id !== user.id || !isOwnBusiness(changes)) {
      requireMay(caller, actsIn(changes), await authority.targetOf(user.id), system.now())
    }
    // Judged by names and numbers of the person, so only before whoever may change them.
    if (password) await methods.password.requireGoodPassword({ ...system, ...stores }, user, password)
    if (changes.userPrincipalName !== undefined) await refuseTakenName(stores, user.id, changes.userPrincipalName)
    if (changes.accountEnabled === false) await refuseLastGlobalAdministrator(stores, user.id)

    await users.change(user.id, changes, system.now())
    if (changes.accountEnabled === false || password) await users.endSessions(user.id, system.now())
    if (password) await stores.passwordTries.clearAll(user.id)
    if (password) await stores.knownBrowsers.forget(user.id)
    const { displayName, userPrincipalName } = user
    await audit.record(
      caller,
      {
        activity: changes.accountEnabled === false ? 'Disable account' : changes.accountEnabled ? 'Enable account' : 'Update user',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id: user.id, kind: 'User', displayName, userPrincipalName, changed: changedProperties(user, changes) }],
      },
      system.now(),
    )
    if (password) await tellOfChange(stores, caller, { kind: 'password-changed', userId: user.id }, system.now())
  })
  if (password) system.reload()
}

async function refuseTakenName({ users, domains }: Stores, id: string, name: string): Promise<void> {
  refuseForeignDomain(name, await domains.all())
  const holder = await users.find(name)
  if (holder && holder.id !== id) refuse('upn_taken', { property: 'userPrincipalName' })
}

/** Somebody must always be left who can give everybody else their roles back. */
async function refuseLastGlobalAdministrator({ roles }: Pick<Stores, 'roles'>, personId: string): Promise<void> {
  if (await roles.leavesNoGlobalAdministrator([personId])) refuse('last_global_administrator')
}
