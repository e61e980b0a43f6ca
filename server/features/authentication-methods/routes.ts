import {
  type AuthenticationMethodBody,
  authenticationMethod,
  passwordMethod,
  passwordMethodId,
  passwordMethodType,
} from '#contract/graph/authentication-methods.ts'
import { emailMethodId, emailMethodType } from '#contract/graph/email-methods.ts'
import { phoneMethodType } from '#contract/graph/phone-methods.ts'
import { passMethodType } from '#contract/graph/temporary-access-pass-methods.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import { presentEmail } from '#server/http/graph-email.ts'
import { presentPass } from '#server/http/graph-pass.ts'
import { findPhoneType, presentPhone } from '#server/http/graph-phone.ts'
import { readingDoors } from '#server/http/method-doors.ts'
import { forSelfToo, type Route, route } from '#server/http/route.ts'
import type { System } from '#server/system.ts'

const methods = '/users/:id/authentication/methods'

export const authenticationMethodRoutes: readonly Route[] = [
  ...readingDoors({
    collection: 'methods',
    schema: authenticationMethod,
    summaries: { list: 'List what a person proves themselves with', one: 'Read one thing a person proves themselves with' },
    itemsOf: readAll,
  }),
  ...readingDoors({
    collection: 'passwordMethods',
    schema: passwordMethod,
    summaries: {
      list: 'List a person’s password, if there is one; never what it is',
      one: 'Read since when a person has their password',
    },
    itemsOf: (_system, { user }) => passwordOf(user),
  }),
  // Graph has this address for looking only; scripts that try get to know where to go.
  ...forSelfToo(
    'methods.change-own',
    route({
      method: 'DELETE',
      path: `${methods}/:methodId`,
      permission: 'methods.change',
      freshProof: 'now',
      summary: 'Refused: each kind of method is deleted at its own address',
      answers: { status: 204 },
      handle: async ({ system, caller, params }) => {
        const user = await getPersonToChange(system, caller, params.id ?? '', system.now())
        const isPass = (await system.passes.ofUser(user.id))?.id === params.methodId?.toLowerCase()
        const collection = isPass ? 'temporaryAccessPassMethods' : collectionOf(params.methodId)
        return refuse('method_deleted_elsewhere', { collection })
      },
    }),
  ),
]

async function readAll(system: System, { user, isWhole }: { user: User; isWhole: boolean }): Promise<AuthenticationMethodBody[]> {
  const now = system.now()
  const phones = await phonesOf(system, user, now)
  const email = await system.emailMethods.ofUser(user.id)
  const pass = await system.passes.ofUser(user.id)
  const { isAllowed } = await system.methodPolicies.standingOf('temporary-access-pass', user.id)
  return [
    ...passwordOf(user).map((password) => ({ '@odata.type': passwordMethodType, ...password }) as const),
    ...phones.map((phone) => ({ '@odata.type': phoneMethodType, ...presentPhone(phone, isWhole) }) as const),
    ...(email ? [{ '@odata.type': emailMethodType, ...presentEmail(email, isWhole) } as const] : []),
    ...(pass ? [{ '@odata.type': passMethodType, ...presentPass(pass, isAllowed, now) } as const] : []),
  ]
}

function passwordOf({ passwordChangedAt }: User) {
  return passwordChangedAt ? [{ id: passwordMethodId, password: null, createdDateTime: passwordChangedAt.toISOString() }] : []
}

function collectionOf(id: string | undefined): string {
  if (findPhoneType(id)) return 'phoneMethods'
  if (id?.toLowerCase() === emailMethodId) return 'emailMethods'
  return id?.toLowerCase() === passwordMethodId ? 'passwordMethods' : refuse('object_not_found', { id: id ?? '' })
}
