import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** What somebody typed to sign in, in full. Nobody reads it without leaving their name. */
export async function revealIdentifier(system: Needs, caller: Caller, id: string): Promise<{ id: string; signInIdentifier: string }> {
  return system.inTransaction(async ({ signIns, audit }) => {
    const signIn = (await signIns.find(id)) ?? refuse('object_not_found', { id })
    const signInIdentifier = (await signIns.revealIdentifier(id)) ?? refuse('object_not_found', { id })

    const { userId, userDisplayName: displayName, userPrincipalName } = signIn
    const row = { id: signIn.id, kind: 'Other', displayName: 'Sign-in' } as const
    await audit.record(
      caller,
      {
        activity: 'Reveal sign-in identifier',
        category: 'UserManagement',
        operation: 'Other',
        targets: userId ? [{ id: userId, kind: 'User', displayName, userPrincipalName }, row] : [row],
        details: { 'Identifier type': signIn.identifierType },
      },
      system.now(),
    )
    return { id: signIn.id, signInIdentifier }
  })
}
