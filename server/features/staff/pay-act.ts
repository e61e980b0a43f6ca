import { randomInt } from 'node:crypto'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'budgets' | 'limits' | 'organization' | 'now'>

/**
 * Paid before it is tried and whatever becomes of it, so that nobody finds out by trying which numbers are known here. Each of the acts of an
 * hour has a bucket of its own that is full again an hour later. One bucket for all would fill little by little, and let nearly twice as many
 * through in an hour that begins with them all at once.
 */
export async function payAct({ budgets, limits, organization, now }: Needs, manager: { id: string }): Promise<void> {
  const { count, perMs } = limits.staff.acts
  // Anywhere among them, so that who has done a few acts nearly always finds a free one at once.
  const first = randomInt(count)
  let waitMs = perMs
  for (let tried = 0; tried < count; tried++) {
    const value = `${organization.id} ${manager.id} ${(first + tried) % count}`
    const [denial] = await budgets.take([{ scope: 'staff act', value, limit: { count: 1, perMs }, payer: 'shared' }], now())
    if (!denial) return
    waitMs = Math.min(waitMs, denial.retryAfterMs)
  }
  refuse('staff_acts_used_up', { retryAfterSeconds: String(Math.ceil(waitMs / 1000)) })
}
