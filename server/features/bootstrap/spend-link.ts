import type { Author } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Account } from '#server/store/authority.ts'
import type { Stores } from '#server/system.ts'

/** Of all who bring the link, one hears whose it was. */
export async function spendLink(
  { bootstrapLinks, authority, audit }: Pick<Stores, 'bootstrapLinks' | 'authority' | 'audit'>,
  secret: string,
  requestId: string,
  now: Date,
): Promise<Account> {
  const userId = (await bootstrapLinks.use(secret, now)) ?? refuse('bootstrap_link_spent')
  const found = (await authority.findAccount(userId)) ?? refuse('bootstrap_link_spent')
  const { id, displayName, userPrincipalName } = found
  const author: Author = { author: { kind: 'server', name: 'bootstrap' }, requestId }
  const targets = [{ id, kind: 'User', displayName, userPrincipalName }] as const
  await audit.record(author, { activity: 'Redeem bootstrap link', category: 'UserManagement', operation: 'Update', targets }, now)
  return found
}
