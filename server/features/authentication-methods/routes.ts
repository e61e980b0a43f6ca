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
import { getPersonToChange, getPersonToRead } from '#server/domain/person-methods.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import { one, wholeList } from '#server/http/answers.ts'
import { presentEmail } from '#server/http/graph-email.ts'
import { presentPass } from '#server/http/graph-pass.ts'
import { findPhoneType, presentPhone } from '#server/http/graph-phone.ts'
import { type Call, forSelfToo, type Route, route } from '#server/http/route.ts'

const methods = '/users/:id/authentication/methods'
const passwords = '/users/:id/authentication/passwordMethods'

export const authenticationMethodRoutes: readonly Route[] = [
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: methods,
      permission: 'methods.read',
      summary: 'List what a person proves themselves with',
      answers: { status: 200, schema: authenticationMethod, list: true },
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
      path: `${methods}/:methodId`,
      permission: 'methods.read',
      summary: 'Read one thing a person proves themselves with',
      answers: { status: 200, schema: authenticationMethod },
      handle: async (call) => {
        const { kind, items } = await read(call)
        const id = call.params.methodId ?? ''
        return one(call, kind, items.find((item) => item.id === id.toLowerCase()) ?? refuse('object_not_found', { id }))
      },
    }),
  ),
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: passwords,
      permission: 'methods.read',
      summary: 'List a person’s password, if there is one; never what it is',
      answers: { status: 200, schema: passwordMethod, list: true },
      handle: async (call) => {
        const { kind, items } = await readPasswords(call)
        return wholeList(call, kind, items)
      },
    }),
  ),
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: `${passwords}/:methodId`,
      permission: 'methods.read',
      summary: 'Read since when a person has their password',
      answers: { status: 200, schema: passwordMethod },
      handle: async (call) => {
        const { kind, items } = await readPasswords(call)
        const id = call.params.methodId ?? ''
        return one(call, kind, items.find((item) => item.id === id.toLowerCase()) ?? refuse('object_not_found', { id }))
      },
    }),
  ),
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

async function read(call: Call<unknown>): Promise<{ kind: string; items: AuthenticationMethodBody[] }> {
  const { system, caller, params } = call
  const { user, isWhole } = await getPersonToRead(system, caller, params.id ?? '', system.now())
  const phones = await phonesOf(system, user, system.now())
  const email = await system.emailMethods.ofUser(user.id)
  const pass = await system.passes.ofUser(user.id)
  const mayUsePass = pass !== undefined && (await system.methodPolicies.standingOf('temporary-access-pass', user.id)).isAllowed
  const items: AuthenticationMethodBody[] = [
    ...passwordOf(user).map((password) => ({ '@odata.type': passwordMethodType, ...password }) as const),
    ...phones.map((phone) => ({ '@odata.type': phoneMethodType, ...presentPhone(phone, isWhole) }) as const),
    ...(email ? [{ '@odata.type': emailMethodType, ...presentEmail(email, isWhole) } as const] : []),
    ...(pass ? [{ '@odata.type': passMethodType, ...presentPass(pass, mayUsePass, system.now()) } as const] : []),
  ]
  return { kind: `users('${user.id}')/authentication/methods`, items }
}

async function readPasswords({ system, caller, params }: Call) {
  const { user } = await getPersonToRead(system, caller, params.id ?? '', system.now())
  return { kind: `users('${user.id}')/authentication/passwordMethods`, items: passwordOf(user) }
}

function passwordOf({ passwordChangedAt }: User) {
  return passwordChangedAt ? [{ id: passwordMethodId, password: null, createdDateTime: passwordChangedAt.toISOString() }] : []
}

function collectionOf(id: string | undefined): string {
  if (findPhoneType(id)) return 'phoneMethods'
  if (id?.toLowerCase() === emailMethodId) return 'emailMethods'
  return id?.toLowerCase() === passwordMethodId ? 'passwordMethods' : refuse('object_not_found', { id: id ?? '' })
}
