import type { Caller } from './caller.ts'

/** Whoever finds somebody's screen open an hour after they signed in must not take the account with it. */
export const freshProofSeconds = 5 * 60

type Proven = Pick<Caller, 'provenAt'>

/** Until when this caller may begin to change what they prove themselves with. */
export function freshUntil({ provenAt }: Proven): Date | undefined {
  return provenAt && new Date(provenAt.getTime() + freshProofSeconds * 1000)
}

export function hasFreshProof(caller: Proven, now: Date): boolean {
  const until = freshUntil(caller)
  return until !== undefined && now <= until
}
