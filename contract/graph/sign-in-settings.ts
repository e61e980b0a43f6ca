import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { readOnly } from './texts.ts'

const countriesMax = 250
const textsADayMax = 1_000_000

const networksMax = 50

const network = z.union([z.cidrv4(), z.cidrv6()], { message: 'a network such as 203.0.113.0/24 or 2001:db8::/48' })

const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { message: 'a country of two letters, as ISO 3166 writes it' })
  .toUpperCase()

const countries = z
  .array(country)
  .min(1, { message: 'at least one country, or null' })
  .max(countriesMax, { message: `at most ${countriesMax} countries` })

const deletions = ['auto', 'strict', 'reassign'] as const
const uniqueness = ['signInNames', 'tenantWide'] as const
const afterSms = ['stepUp', 'deny'] as const

/** What Graph has no resource for: how an organisation's people sign in, beside which methods they may use. */
export const signInSettings = z.object({
  id: z.literal('signInSettings'),
  asksToStaySignedIn: z.boolean(),
  allowsDeviceCodes: z.boolean(),
  textCountries: z.array(z.string()).nullable(),
  callCountries: z.array(z.string()).nullable(),
  textsADay: z.int().nullable(),
  sharedNetworks: z.array(z.string()),
  defaultMethodDeletion: z.enum(deletions),
  uniqueNumbers: z.enum(uniqueness),
  strictConflict: z.boolean(),
  afterSmsSignIn: z.enum(afterSms),
})

export type SignInSettingsBody = z.infer<typeof signInSettings>

export const signInSettingsAsked: Queryable = {
  properties: {},
  selectable: Object.keys(signInSettings.shape),
  topMax: 1,
  topDefault: 1,
}

export const signInSettingsChanges = z
  .strictObject({
    id: readOnly,
    asksToStaySignedIn: z.boolean(),
    allowsDeviceCodes: z.boolean(),
    textCountries: countries.nullable(),
    callCountries: countries.nullable(),
    textsADay: z
      .int({ message: 'a whole number' })
      .min(1, { message: 'at least 1' })
      .max(textsADayMax, { message: `at most ${textsADayMax}` })
      .nullable(),
    sharedNetworks: z.array(network).max(networksMax, { message: `at most ${networksMax} networks` }),
    defaultMethodDeletion: z.enum(deletions, { message: 'auto, strict or reassign' }),
    uniqueNumbers: z.enum(uniqueness, { message: 'signInNames or tenantWide' }),
    strictConflict: z.boolean(),
    afterSmsSignIn: z.enum(afterSms, { message: 'stepUp or deny' }),
  })
  .partial()
