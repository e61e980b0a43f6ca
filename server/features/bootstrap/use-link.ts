import type { Author } from '#server/domain/caller.ts'
import { scopesFor } from '#server/domain/permissions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'issueToken'>

const lifeSeconds = 60 * 60

export interface NewAdministrator {
  displayName: string
  token: string
}

/** Spends the link, and hands its owner an hour of everything the role allows: long enough to make a second administrator. */
export async function useLink(system: Needs, secret: string, author: Author): Promise<NewAdministrator> {
  const account = await system.inTransaction(async ({ bootstrapLinks, authority, audit }) => {
    const userId = (await bootstrapLinks.use(secret, system.now())) ?? refuse('bootstrap_link_spent')
    const found = (await authority.findAccount(userId)) ?? refuse('bootstrap_link_spent')
    const { id, displayName, userPrincipalName } = found
    await audit.record(
      author,
      {
        activity: 'Redeem bootstrap link',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id, kind: 'User', displayName, userPrincipalName }],
      },
      system.now(),
    )
    return found
  })
  const token = await system.issueToken({
    userId: account.id,
    scopes: scopesFor(account),
    epoch: account.epoch,
    // Reaching the server's own terminal and the page: two proofs, and the only two there can be before anybody has a method.
    methods: ['otp', 'mfa'],
    appId: 'sesam-bootstrap',
    lifeSeconds,
  })
  return { displayName: account.displayName, token }
}
