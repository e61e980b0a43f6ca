import { checklist, checklistAsked, checklistChanges } from '#contract/graph/checklist.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { hideChecklist } from './hide-checklist.ts'
import { readChecklist } from './read-checklist.ts'

export const checklistRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/checklist',
    permission: 'checklist.read',
    summary: 'Read how far setting up is, until the first people sign in',
    queryable: checklistAsked,
    answers: { status: 200, schema: checklist },
    handle: async (call) => one(call, 'checklist', await readChecklist(call.system)),
  }),
  route({
    method: 'PATCH',
    path: '/checklist',
    permission: 'checklist.change',
    summary: 'Put the list away, or bring it back',
    body: checklistChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, body: { isHidden } }) => {
      await hideChecklist(system, caller, isHidden)
      return noContent
    },
  }),
]
