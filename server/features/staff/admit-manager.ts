import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

type Needs = Pick<Stores, 'staffSettings' | 'memberships'>

/** Whoever comes in has a role for it already; here the organisation says whether My Staff is open to them. Everything they do from here on is marked. */
export async function admitManager({ staffSettings, memberships }: Needs, caller: Caller): Promise<Caller> {
  const { access, groupIds } = await staffSettings.get()
  if (access === 'none') refuse('staff_closed')
  if (access === 'selected') {
    const relation = { name: 'transitiveMemberOf', id: caller.id, hiddenUnits: 'all' } as const
    const chosen = groupIds.length > 0 ? await memberships.ids(relation, ['group'], groupIds) : []
    if (chosen.length === 0) refuse('staff_closed')
  }
  return { ...caller, mark: { Source: 'My Staff' } }
}

/** How it was made sure that the person wants their number changed. */
export function confirmedBy(manager: Caller, how: 'in person' | 'call-back'): Caller {
  return { ...manager, mark: { ...manager.mark, Confirmed: how } }
}
