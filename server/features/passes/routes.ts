import { newPassMethod, passMethod } from '#contract/graph/temporary-access-pass-methods.ts'
import { getPersonToRead } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one, wholeList } from '#server/http/answers.ts'
import { presentPass } from '#server/http/graph-pass.ts'
import { type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { createPass } from './create-pass.ts'
import { deletePass } from './delete-pass.ts'

const passes = '/users/:id/authentication/temporaryAccessPassMethods'
const onePass = `${passes}/:methodId`

export const passRoutes: readonly Route[] = [
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: passes,
      permission: 'methods.read',
      summary: 'List a person’s temporary access pass, if there is one; never what it is',
      answers: { status: 200, schema: passMethod, list: true },
      handle: async (call) => {
        const { kind, items } = await read(call)
        return wholeList(call, kind, items)
      },
    }),
  ),
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: onePass,
      permission: 'methods.read',
      summary: 'Read until when a temporary access pass is good, and for what',
      answers: { status: 200, schema: passMethod },
      handle: async (call) => {
        const { kind, items } = await read(call)
        const id = call.params.methodId ?? ''
        return one(call, kind, items.find((item) => item.id === id.toLowerCase()) ?? refuse('object_not_found', { id }))
      },
    }),
  ),
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
      return one(call, kindOf(pass.userId), presentPass(pass, isAllowed, call.system.now(), secret), 201)
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

async function read({ system, caller, params }: Call<unknown>) {
  const now = system.now()
  const { user } = await getPersonToRead(system, caller, params.id ?? '', now)
  const pass = await system.passes.ofUser(user.id)
  const { isAllowed } = await system.methodPolicies.standingOf('temporary-access-pass', user.id)
  return { kind: kindOf(user.id), items: pass ? [presentPass(pass, isAllowed, now)] : [] }
}

function kindOf(userId: string): string {
  return `users('${userId}')/authentication/temporaryAccessPassMethods`
}
