import { spending, spendingAsked } from '#contract/graph/spending.ts'
import { one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { readSpending } from './read-spending.ts'

export const spendingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/spending',
    permission: 'spending.read',
    summary: 'Read how many texts the organisation has left, and how many went to which country today',
    queryable: spendingAsked,
    answers: { status: 200, schema: spending },
    handle: async (call) => one(call, 'spending', await readSpending(call.system)),
  }),
]
