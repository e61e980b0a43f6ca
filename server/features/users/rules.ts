import type { UserChanges } from '#server/domain/user.ts'

/** People may say in which language they want to be spoken to, and nothing else about themselves. */
export function isOwnBusiness(changes: UserChanges): boolean {
  return Object.keys(changes).every((property) => property === 'preferredLanguage')
}
