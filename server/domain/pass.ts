import { methodConfigurations } from '#contract/graph/method-configurations.ts'
import type { passUsability } from '#contract/graph/temporary-access-pass-methods.ts'
import { refuse } from './refusal.ts'

/** What somebody with a role made for a person, so that they get in without anything else for a while. */
export interface Pass {
  id: string
  userId: string
  isOnce: boolean
  createdAt: Date
  startsAt: Date
  expiresAt: Date
  usedAt: Date | undefined
}

export type PassState = (typeof passUsability)[number]

/** Who opened a session with a pass is known by this among what was proven. */
export const passProof = 'tap'

export const minuteMs = 60_000

/** What a pass is good for at this moment. The first reason is the one its holder can do least about. */
export function passState({ isOnce, usedAt, startsAt, expiresAt }: Pass, isAllowed: boolean, now: Date): PassState {
  if (now >= expiresAt) return 'Expired'
  if (isOnce && usedAt) return 'OneTimeUsed'
  if (!isAllowed) return 'DisabledByPolicy'
  return now < startsAt ? 'NotYetValid' : 'EnabledByPolicy'
}

/** What somebody who makes a pass may leave open. */
export interface WantedPass {
  startsAt?: Date | undefined
  minutes?: number | undefined
  isOnce?: boolean | undefined
}

interface PassSettings {
  defaultLifetimeInMinutes: number
  defaultLength: number
  minimumLifetimeInMinutes: number
  maximumLifetimeInMinutes: number
  isUsableOnce: boolean
}

/** As it is made then: everything settled. */
export interface SettledPass {
  startsAt: Date
  expiresAt: Date
  isOnce: boolean
  length: number
}

/** A request takes its time, and clocks differ a little. */
const startSlackMs = 5 * minuteMs
const startMaxDays = 30

/** Holds a wish against the bounds of the policy; says which they are where it is outside of them. */
export function settlePass({ startsAt, minutes, isOnce }: WantedPass, settings: Readonly<Record<string, unknown>>, now: Date): SettledPass {
  const policy = passSettings(settings)
  const [min, max] = [policy.minimumLifetimeInMinutes, policy.maximumLifetimeInMinutes]
  const life = minutes ?? policy.defaultLifetimeInMinutes
  if (life < min || life > max) refuse('pass_life_outside', { property: 'lifetimeInMinutes', min: String(min), max: String(max) })
  if (policy.isUsableOnce && isOnce === false) refuse('pass_only_once', { property: 'isUsableOnce' })
  const start = startsAt ?? now
  const [earliest, latest] = [now.getTime() - startSlackMs, now.getTime() + startMaxDays * 24 * 60 * minuteMs]
  if (start.getTime() < earliest || start.getTime() > latest)
    refuse('pass_start_outside', { property: 'startDateTime', days: String(startMaxDays) })
  const from = new Date(Math.max(start.getTime(), now.getTime()))
  return {
    startsAt: from,
    expiresAt: new Date(from.getTime() + life * minuteMs),
    isOnce: isOnce ?? policy.isUsableOnce,
    length: policy.defaultLength,
  }
}

/** What was never decided is as usual. The contract let nothing else into the store. */
function passSettings(settings: Readonly<Record<string, unknown>>): PassSettings {
  const { usual } = methodConfigurations['temporary-access-pass']
  return { ...usual, ...settings } as PassSettings
}

/** As it was told, however it is typed: case, blanks and dashes are no part of it. */
export function plainPass(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}\p{Pd}]/gu, '')
}

interface PassParts {
  passes: { ofUser(userId: string): Promise<Pass | undefined> }
}

/**
 * How long what was opened with these proofs may live: no longer than the pass among them, and no moment longer once that is gone. Undefined
 * where there is none among them.
 */
export async function lifeByPass(
  { passes }: PassParts,
  { userId, proofs, now }: { userId: string; proofs: readonly string[]; now: Date },
): Promise<{ isOver: boolean; endsAt: Date } | undefined> {
  if (!proofs.includes(passProof)) return undefined
  const endsAt = (await passes.ofUser(userId))?.expiresAt ?? now
  return { isOver: endsAt <= now, endsAt }
}
