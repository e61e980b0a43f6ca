import { z } from 'zod'
import { readOnly } from './texts.ts'

export const licenceModes = ['off', 'warn', 'enforce'] as const

const mode = z.enum(licenceModes, { message: 'off, warn or enforce' })

const people = { inScope: z.int(), licensed: z.int(), short: z.int() }

/** Graph has nothing that says how many licences a policy asks for. */
export const methodLicensing = z.object({
  id: z.literal('sms'),
  mode,
  ...people,
  qualifyingLicenses: z.array(z.object({ skuId: z.string(), skuPartNumber: z.string(), enabledUnits: z.int(), consumedUnits: z.int() })),
})

export const methodLicensingChanges = z.strictObject({
  id: readOnly,
  inScope: readOnly,
  licensed: readOnly,
  short: readOnly,
  qualifyingLicenses: readOnly,
  mode,
})
