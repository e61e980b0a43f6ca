import { z } from 'zod'
import { methodConfigurationChanges } from './method-configurations.ts'
import type { Queryable } from './queryable.ts'

/** What saving a policy does to one person, each a count and a list of its own; somebody can stand in several. */
export const policyEffects = [
  'gainsMethod',
  'losesMethod',
  'gainsSmsSignIn',
  'losesSmsSignIn',
  /** Of those: their number is their user name today. */
  'losesUserName',
  /** Of those: they have nothing else to sign in with. */
  'losesOnlyWayIn',
  /** Asked to register it at the next sign-in, because they have not. */
  'becomesAsked',
] as const

export type PolicyEffect = (typeof policyEffects)[number]

/** What a policy would mean if it were saved as it stands in the question. */
export const policyPreview = z.object({
  id: z.string(),
  inScope: z.int(),
  licensed: z.int(),
  short: z.int(),
  /** Otherwise there are at least so many: `Prefer: count=exact` counts to the end. */
  isScopeExact: z.boolean(),
  added: z.int(),
  removed: z.int(),
  isExact: z.boolean(),
  effects: z.record(z.enum(policyEffects), z.int()),
})

/** Whose list is asked for, and under which proposal. */
export const affectedPeopleAsked = z.strictObject({
  effect: z.enum(policyEffects, { message: `one of ${policyEffects.join(', ')}` }),
  configuration: methodConfigurationChanges,
})

export const affectedPerson = z.object({
  id: z.string(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  department: z.string().nullable(),
  userType: z.string(),
  accountEnabled: z.boolean(),
})

export const affectedPeople: Queryable = {
  properties: {},
  selectable: Object.keys(affectedPerson.shape),
  topMax: 500,
  topDefault: 100,
}

/** Whether what an event of the audit log changed can be set back, and if not, why not. */
export const undoState = z.object({
  id: z.string(),
  canUndo: z.boolean(),
  because: z.object({ code: z.string(), message: z.string(), event: z.string().nullable() }).nullable(),
})

/** What was changed about a policy, and by whom. */
export const policyChangeMade = undoState.extend({
  activityDateTime: z.iso.datetime(),
  changedBy: z.string(),
  /** The event that this one set back. */
  undoes: z.string().nullable(),
  modifiedProperties: z.array(z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() })),
})
