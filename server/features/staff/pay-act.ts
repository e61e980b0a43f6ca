import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'budgets' | 'limits' | 'organization' | 'now'>

/** Paid before it is tried and whatever becomes of it, so that nobody finds out by trying which numbers are known here. */
export async function payAct({ budgets, limits, organization, now }: Needs, manager: { id: string }): Promise<void> {
  const value = `${organization.id} ${manager.id}`
  const [denial] = await budgets.take([{ scope: 'staff acts', value, limit: limits.staff.acts, payer: 'shared' }], now())
  if (denial) refuse('staff_acts_used_up', { retryAfterSeconds: String(Math.ceil(denial.retryAfterMs / 1000)) })
}
