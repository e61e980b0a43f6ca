import type { Charge, Limits } from './budget.ts'

type Texts = Pick<Limits, 'texts'>

/** One more text of those an organisation wants to spend in a day. */
export function tenantDayCharge({ texts }: Texts, tenantId: string): Charge {
  return { scope: 'text tenant day', value: tenantId, limit: texts.tenantDay, payer: 'shared' }
}

/** One more text to a country whose code may never be typed. */
export function untypedCharge({ texts }: Texts, tenantId: string, country: string | undefined): Charge {
  return { scope: 'text untyped', value: `${tenantId} ${country ?? ''}`, limit: texts.untyped, payer: 'shared' }
}
