import { z } from 'zod'
import { tapMinutesMax, tapMinutesMin } from './method-configurations.ts'
import { guid, readOnly } from './texts.ts'

export const passMethodType = '#microsoft.graph.temporaryAccessPassAuthenticationMethod'

/** Why a pass opens the door at this moment, or why it does not. */
export const passUsability = ['EnabledByPolicy', 'DisabledByPolicy', 'NotYetValid', 'Expired', 'OneTimeUsed'] as const

export const passMethod = z.object({
  id: guid,
  /** Told once, in the answer that made it. */
  temporaryAccessPass: z.string().nullable(),
  createdDateTime: z.iso.datetime(),
  startDateTime: z.iso.datetime(),
  lifetimeInMinutes: z.int(),
  isUsableOnce: z.boolean(),
  isUsable: z.boolean(),
  methodUsabilityReason: z.enum(passUsability),
})

export type PassMethodBody = z.infer<typeof passMethod>

const minutes = `a whole number of minutes, ${tapMinutesMin} to ${tapMinutesMax}`

/** SDKs send what was left open as null. */
export const newPassMethod = z.strictObject({
  '@odata.type': z.literal(passMethodType, { message: passMethodType }).optional(),
  id: readOnly,
  temporaryAccessPass: readOnly,
  createdDateTime: readOnly,
  startDateTime: z.iso
    .datetime({ offset: true, message: 'a time such as 2026-11-28T08:00:00Z' })
    .transform((text) => new Date(text))
    .nullish(),
  lifetimeInMinutes: z
    .int({ message: minutes })
    .min(tapMinutesMin, { message: minutes })
    .max(tapMinutesMax, { message: minutes })
    .nullish(),
  isUsableOnce: z.boolean({ message: 'true or false' }).nullish(),
  isUsable: readOnly,
  methodUsabilityReason: readOnly,
})
