import type { Stores } from '#server/system.ts'
import type { CodeMethod } from './challenge.ts'
import { failureKeys } from './code-charges.ts'

/** Lets a receiver be used again at once, for every purpose: somebody proved who they are another way, or an administrator says so. */
export async function endPause(
  { challenges, methodPauses }: Pick<Stores, 'challenges' | 'methodPauses'>,
  { method }: { method: CodeMethod },
  receiver: string,
): Promise<void> {
  await methodPauses.clearAll(failureKeys(method, challenges.indexOf(receiver)))
}
