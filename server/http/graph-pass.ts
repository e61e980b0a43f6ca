import type { PassMethodBody } from '#contract/graph/temporary-access-pass-methods.ts'
import { minuteMs, type Pass, passState } from '#server/domain/pass.ts'

/** `secret` is there in one answer only: the one that made it. */
export function presentPass(pass: Pass, isAllowed: boolean, now: Date, secret?: string): PassMethodBody {
  const { id, isOnce, createdAt, startsAt, expiresAt } = pass
  const state = passState(pass, isAllowed, now)
  return {
    id,
    temporaryAccessPass: secret ?? null,
    createdDateTime: createdAt.toISOString(),
    startDateTime: startsAt.toISOString(),
    lifetimeInMinutes: (expiresAt.getTime() - startsAt.getTime()) / minuteMs,
    isUsableOnce: isOnce,
    isUsable: state === 'EnabledByPolicy',
    methodUsabilityReason: state,
  }
}
