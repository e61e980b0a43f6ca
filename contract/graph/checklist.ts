import { z } from 'zod'
import type { Queryable } from './queryable.ts'

/** What there is to do before people can sign in, in the order in which it is done. */
export const checklistSteps = ['gateway', 'policy', 'group', 'app', 'administrator', 'signIn'] as const

export type ChecklistStep = (typeof checklistSteps)[number]

export const checklist = z.object({
  id: z.literal('checklist'),
  isComplete: z.boolean(),
  isHidden: z.boolean(),
  steps: z.array(z.object({ id: z.enum(checklistSteps), isDone: z.boolean(), doneDateTime: z.string().nullable() })),
})

export type ChecklistBody = z.infer<typeof checklist>

export const checklistAsked: Queryable = { properties: {}, selectable: Object.keys(checklist.shape), topMax: 1, topDefault: 1 }

export const checklistChanges = z.strictObject({ isHidden: z.boolean({ message: 'true or false' }) })
