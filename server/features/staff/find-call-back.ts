import type { CallBack } from '#server/domain/call-back.ts'
import type { Caller } from '#server/domain/caller.ts'
import { getObjectId } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

/** Only who asked sees how it goes, and the digits. What was not answered in time is over. */
export async function findCallBack(
  { callBacks }: Pick<Stores, 'callBacks'>,
  manager: Caller,
  id: string | undefined,
  now: Date,
): Promise<CallBack> {
  const callBack = await callBacks.find(getObjectId(id))
  if (callBack?.managerId !== manager.id) refuse('object_not_found', { id: id ?? '' })
  const isLate = callBack.expiresAt <= now && (callBack.state === 'waiting' || callBack.state === 'agreed')
  return isLate ? { ...callBack, state: 'over' } : callBack
}
