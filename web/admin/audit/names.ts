import type { DirectoryAuditBody } from '#contract/graph/directory-audits.ts'
import { listText } from '../../kit/words/recent.ts'

/** Who did it: a person, an app or the server itself. */
export function actorName({ initiatedBy: { user, app } }: Pick<DirectoryAuditBody, 'initiatedBy'>): string {
  return user?.displayName ?? user?.userPrincipalName ?? app?.displayName ?? ''
}

export function targetNames({ targetResources }: Pick<DirectoryAuditBody, 'targetResources'>): string {
  return listText(targetResources.map(({ displayName, userPrincipalName, id }) => displayName ?? userPrincipalName ?? id))
}

/** Values are told as JSON inside a string, as Graph does; people read them without the quotes. */
export function plainValue(value: string | null): string | undefined {
  if (value === null) return undefined
  try {
    const plain: unknown = JSON.parse(value)
    return typeof plain === 'string' ? plain : value
  } catch {
    return value
  }
}
