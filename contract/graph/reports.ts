import { z } from 'zod'
import { signInMethods, signInOutcomes } from '../sign-in-log.ts'
import { registrableMethods } from './method-reports.ts'

const count = z.number().int()

/** An hour (`2026-11-20T09:00`) or a day (`2026-11-20`), as clocks show it in the time zone that was asked for. */
const moment = z.string()

const counted = {
  period: z.enum(['D1', 'D7', 'D30', 'D90']),
  timeZone: z.string(),
  /** When it was counted. */
  reportDateTime: z.iso.datetime(),
}

/** Every moment of the period, also those in which nothing happened; `value` leaves those out. */
const overTime = { ...counted, moments: z.array(moment) }

export const signInCounts = z.object({
  ...overTime,
  value: z.array(z.object({ moment, method: z.enum([...signInMethods, 'none']), outcome: z.enum(signInOutcomes), count })),
})

export const registrationCounts = z.object({
  ...overTime,
  value: z.array(z.object({ moment, method: z.enum([...registrableMethods, 'other']), by: z.enum(['user', 'admin']), count })),
})

/** `codes` went out in `texts`, since a code can be sent again; `failed` are texts that no gateway took. */
export const textCounts = z.object({
  ...counted,
  value: z.array(z.object({ country: z.string().nullable(), codes: count, answered: count, texts: count, failed: count })),
})

export type SignInCountsBody = z.infer<typeof signInCounts>
export type RegistrationCountsBody = z.infer<typeof registrationCounts>
export type TextCountsBody = z.infer<typeof textCounts>

export const capabilityNames = ['resetPassword', 'twoStep', 'withoutPassword'] as const

/** What people can do with what they have: `withoutPassword` counts whose number is their user name. */
export const capabilities = z.object({
  totalUserCount: count,
  reportDateTime: z.iso.datetime(),
  value: z.array(z.object({ capability: z.enum(capabilityNames), userCount: count })),
})

export type CapabilitiesBody = z.infer<typeof capabilities>
