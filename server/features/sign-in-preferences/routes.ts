import { type SignInPreferencesBody, signInPreferences, signInPreferencesChanges } from '#contract/graph/sign-in-preferences.ts'
import { defaultMethod } from '#server/domain/default-method.ts'
import { allowedChannels, factorsOf } from '#server/domain/person-factors.ts'
import { getPersonToRead } from '#server/domain/person-methods.ts'
import { noContent } from '#server/http/answers.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { changeDefaultMethod } from './change-default-method.ts'

const preferences = '/users/:id/authentication/signInPreferences'

export const signInPreferencesRoutes: readonly Route[] = [
  ...forSelfToo(
    'methods.read-own',
    route({
      method: 'GET',
      path: preferences,
      permission: 'methods.read',
      summary: 'Read which method a person’s second step begins with',
      answers: { status: 200, schema: signInPreferences },
      handle: answerPreferences,
    }),
  ),
  ...forSelfToo(
    'methods.change-own',
    route({
      method: 'PATCH',
      path: preferences,
      permission: 'methods.change',
      freshProof: 'now',
      summary: 'Choose which method a person’s second step begins with',
      body: signInPreferencesChanges,
      answers: { status: 204 },
      handle: async ({ system, caller, params, body }) => {
        await changeDefaultMethod(system, caller, params.id ?? '', body.userPreferredMethodForSecondaryAuthentication)
        return noContent
      },
    }),
  ),
]

async function answerPreferences(call: Call): Promise<Answer> {
  const { system, caller, params, base } = call
  const { user } = await getPersonToRead(system, caller, params.id ?? '', system.now())
  const usable = factorsOf(await system.phones.ofUser(user.id), await allowedChannels(system, user.id))
  const { defaultMethod: chosen } = await system.methodChoices.ofUser(user.id)
  const body: SignInPreferencesBody = {
    isSystemPreferredAuthenticationMethodEnabled: false,
    systemPreferredAuthenticationMethod: null,
    userPreferredMethodForSecondaryAuthentication: defaultMethod(chosen, usable) ?? null,
  }
  return { status: 200, body: { '@odata.context': `${base}/$metadata#users('${user.id}')/authentication/signInPreferences`, ...body } }
}
