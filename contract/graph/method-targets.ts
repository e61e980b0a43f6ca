import { z } from 'zod'
import { line } from './texts.ts'

const targetsMax = 500

export const flag = z.boolean({ message: 'true or false' })

export const wholeNumber = (min: number, max: number) =>
  z
    .int({ message: 'a whole number' })
    .min(min, { message: `at least ${min}` })
    .max(max, { message: `at most ${max}` })

/** `default` leaves it to the server. */
export const advancedState = z.enum(['default', 'enabled', 'disabled'], { message: 'default, enabled or disabled' })

/** A part of a resource. Some client libraries name its type; it is read and not kept. What is not sent stays as it was. */
export function part<Shape extends z.ZodRawShape>(type: string, shape: Shape) {
  return z
    .strictObject(shape)
    .partial()
    .extend({ '@odata.type': typeName(type) })
}

function typeName(type: string) {
  return z.literal([`#microsoft.graph.${type}`, `microsoft.graph.${type}`], { message: `#microsoft.graph.${type}` }).optional()
}

const id = z
  .string()
  .regex(/^(all_users|[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12})$/i, { message: 'all_users or the id of a group or a person' })
  .transform((text) => text.toLowerCase())
const kind = z.enum(['user', 'group'], { message: 'user or group' })

export const excludeTarget = target('excludeTarget', {})

export const includeTarget = target('includeTarget', {})

/** Whom a method is for. `isRegistrationRequired` and what only this method asks may be left out. */
export function registrationTarget<Shape extends z.ZodRawShape>(type: string, shape: Shape) {
  return target(type, { isRegistrationRequired: flag, ...shape })
}

function target<Shape extends z.ZodRawShape>(type: string, shape: Shape) {
  return z
    .strictObject(shape)
    .partial()
    .extend({ id, targetType: kind, '@odata.type': typeName(type) })
}

/** Whom a feature of the authenticator app is for: the group of nobody stands for nobody. */
export const featureTarget = part('featureTarget', {
  id,
  targetType: z.enum(['group', 'administrativeUnit', 'role'], { message: 'group, administrativeUnit or role' }),
})

export const campaignTarget = target('authenticationMethodsRegistrationCampaignIncludeTarget', {
  targetedAuthenticationMethod: line(64).nullable(),
})

export function targetsOf<Target extends z.ZodType>(schema: Target, max = targetsMax) {
  return z.array(schema).max(max, { message: max === 1 ? 'at most one target' : `at most ${max} targets` })
}
