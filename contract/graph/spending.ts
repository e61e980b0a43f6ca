import { z } from 'zod'
import type { Queryable } from './queryable.ts'

/** What an organisation may spend on messages, and what is left of it. */
export const spending = z.object({
  id: z.literal('spending'),
  textsADay: z.int(),
  isOwnLimit: z.boolean(),
  textsUsed: z.int(),
  textsLeft: z.int(),
  nextTextDateTime: z.string().nullable(),
  fullDateTime: z.string().nullable(),
  textsToday: z.int(),
  callsToday: z.int(),
  /** Every country that has phone numbers, for whoever chooses among them. */
  allCountries: z.array(z.string()),
  countries: z.array(
    z.object({
      country: z.string(),
      mayGetTexts: z.boolean(),
      mayGetCalls: z.boolean(),
      textsToday: z.int(),
      callsToday: z.int(),
      pausedUntilDateTime: z.string().nullable(),
    }),
  ),
})

export type SpendingBody = z.infer<typeof spending>

export const spendingAsked: Queryable = { properties: {}, selectable: Object.keys(spending.shape), topMax: 1, topDefault: 1 }
