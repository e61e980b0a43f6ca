import type { GroupChangesBody } from '#contract/graph/groups.ts'
import type { GroupChanges } from '#server/domain/group.ts'

export function wantedChanges({ displayName, description, mailNickname }: GroupChangesBody): GroupChanges {
  return {
    ...(displayName !== undefined && { displayName }),
    ...(mailNickname !== undefined && { mailNickname }),
    ...(description !== undefined && { description: description ?? undefined }),
  }
}
