import { newPassMethod, passMethod } from '#contract/graph/temporary-access-pass-methods.ts'
import { noContent, one } from '#server/http/answers.ts'
import { presentPass } from '#server/http/graph-pass.ts'
import { readingDoors } from '#server/http/method-doors.ts'
import { forSelfToo, type Route, route } from '#server/http/route.ts'
import { createPass } from './create-pass.ts'
import { deletePass } from './delete-pass.ts'

const collection = 'temporaryAccessPassMethods'
const passes = `/users/:id/authentication/${collection}`
const onePass = `${passes}/:methodId`

export const passRoutes: readonly Route[] = [
  ...readingDoors({
    collection,
    schema: passMethod,
    summaries: {
      list: 'List a person’s temporary access pass, if there is one; never what it is',
      one: 'Read until when a temporary access pass is good, and for what',
    },
    itemsOf: async ({ passes: kept, methodPolicies, now }, { user }) => {
      const pass = await kept.ofUser(user.id)
      const { isAllowed } = await methodPolicies.standingOf('temporary-access-pass', user.id)
      return pass ? [presentPass(pass, isAllowed, now())] : []
    },
  }),
  route({
    method: 'POST',
    path: passes,
    permission: 'methods.change',
    summary: 'Make a person a temporary access pass, in the place of the one there is; what it is, is told once',
    body: newPassMethod,
    answers: { status: 201, schema: passMethod },
    handle: async (call) => {
      const { startDateTime, lifetimeInMinutes, isUsableOnce } = call.body
      const wanted = { startsAt: startDateTime ?? undefined, minutes: lifetimeInMinutes ?? undefined, isOnce: isUsableOnce ?? undefined }
      const { pass, secret, isAllowed } = await createPass(call.system, call.caller, call.params.id ?? '', wanted)
      return one(call, `users('${pass.userId}')/authentication/${collection}`, presentPass(pass, isAllowed, call.system.now(), secret), 201)
    },
  }),
  ...forSelfToo(
    'methods.change-own',
    route({
      method: 'DELETE',
      path: onePass,
      permission: 'methods.change',
      freshProof: 'now',
      summary: 'Delete a temporary access pass; what was opened with it ends',
      answers: { status: 204 },
      handle: async ({ system, caller, params }) => {
        await deletePass(system, caller, params.id ?? '', params.methodId ?? '')
        return noContent
      },
    }),
  ),
]
