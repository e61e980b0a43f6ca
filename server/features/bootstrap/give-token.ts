import { scopesFor } from '#server/domain/permissions.ts'
import type { System } from '#server/system.ts'
import { spendLink } from './spend-link.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'issueToken'>

const lifeSeconds = 60 * 60

export interface NewAdministrator {
  displayName: string
  token: string
}

/** Spends the link, and hands its owner an hour of everything the role allows: long enough to make a second administrator. */
export async function giveToken(system: Needs, secret: string, requestId: string): Promise<NewAdministrator> {
  const account = await system.inTransaction((stores) => spendLink(stores, secret, requestId, system.now()))
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
