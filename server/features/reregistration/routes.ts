import { noContent } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { cancelReregistration } from './cancel-reregistration.ts'
import { requireReregistration } from './require-reregistration.ts'

const path = '/users/:id/requireReregistration'

/** What Entra has a button for and Graph no address. */
export const reregistrationRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path,
    permission: 'methods.change',
    freshProof: 'now',
    summary: 'Have a person set up their methods anew the next time they sign in; what they have stays until then',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await requireReregistration(system, caller, params.id ?? '')
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path,
    permission: 'methods.change',
    freshProof: 'now',
    summary: 'Ask a person no more to set up their methods anew',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await cancelReregistration(system, caller, params.id ?? '')
      return noContent
    },
  }),
]
