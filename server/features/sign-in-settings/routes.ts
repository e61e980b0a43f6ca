import { type SignInSettingsBody, signInSettings, signInSettingsAsked, signInSettingsChanges } from '#contract/graph/sign-in-settings.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { changeSignInSettings } from './change-sign-in-settings.ts'

export const signInSettingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/signInSettings',
    permission: 'sign-in-settings.read',
    summary: 'Read how people sign in, and where texts and calls may go',
    queryable: signInSettingsAsked,
    answers: { status: 200, schema: signInSettings },
    handle: async (call) => one(call, 'signInSettings', present(await call.system.settings.get())),
  }),
  route({
    method: 'PATCH',
    path: '/signInSettings',
    permission: 'sign-in-settings.change',
    summary: 'Change how people sign in, and where texts and calls may go',
    body: signInSettingsChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, body }) => {
      const { asksToStaySignedIn, allowsDeviceCodes, textCountries, callCountries, textsADay, sharedNetworks } = body
      const { defaultMethodDeletion, uniqueNumbers, strictConflict, afterSmsSignIn } = body
      await changeSignInSettings(system, caller, {
        ...(asksToStaySignedIn !== undefined && { asksToStaySignedIn }),
        ...(allowsDeviceCodes !== undefined && { allowsDeviceCodes }),
        ...(textCountries !== undefined && { textCountries: textCountries ? [...new Set(textCountries)].sort() : undefined }),
        ...(callCountries !== undefined && { callCountries: callCountries ? [...new Set(callCountries)].sort() : undefined }),
        ...(textsADay !== undefined && { textsADay: textsADay ?? undefined }),
        ...(sharedNetworks !== undefined && { sharedNetworks: [...new Set(sharedNetworks)].sort() }),
        ...(defaultMethodDeletion !== undefined && { defaultMethodDeletion }),
        ...(uniqueNumbers !== undefined && { uniqueNumbers }),
        ...(strictConflict !== undefined && { strictConflict }),
        ...(afterSmsSignIn !== undefined && { afterSmsSignIn }),
      })
      return noContent
    },
  }),
]

function present(settings: SignInSettings): SignInSettingsBody {
  const { asksToStaySignedIn, allowsDeviceCodes, textCountries, callCountries, textsADay, sharedNetworks } = settings
  const { defaultMethodDeletion, uniqueNumbers, strictConflict, afterSmsSignIn } = settings
  return {
    id: 'signInSettings',
    asksToStaySignedIn,
    allowsDeviceCodes,
    textCountries: textCountries ? [...textCountries] : null,
    callCountries: callCountries ? [...callCountries] : null,
    textsADay: textsADay ?? null,
    sharedNetworks: [...sharedNetworks],
    defaultMethodDeletion,
    uniqueNumbers,
    strictConflict,
    afterSmsSignIn,
  }
}
