import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import { newPassword, ownPassword, passwordChange, passwordReset, passwordResetAnswer, passwordVerdict } from '#contract/graph/passwords.ts'
import { passwordRules, passwordUse } from '#server/domain/password-policy.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { message } from '#server/locale.ts'
import { methods } from '#server/methods/index.ts'
import { changeOwnPassword } from './change-own-password.ts'
import { endWaits } from './end-waits.ts'
import { resetPassword } from './reset-password.ts'
import { setFirstPassword } from './set-first-password.ts'

export const passwordRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/me/changePassword',
    permission: 'password.change-own',
    summary: 'Change one’s own password by saying the present one; every session ends',
    body: passwordChange,
    answers: { status: 204 },
    handle: async ({ system, caller, body }) => {
      await changeOwnPassword(system, caller, { current: body.currentPassword, next: body.newPassword })
      return noContent
    },
  }),
  route({
    method: 'POST',
    path: `/users/:id/authentication/methods/${passwordMethodId}/resetPassword`,
    permission: 'password.reset',
    summary: 'Give a person a password for a day; without one in the body it is made and told once',
    body: passwordReset,
    answers: { status: 202, schema: passwordResetAnswer },
    handle: async ({ system, caller, params, body }) => {
      const chosen = body.newPassword ?? undefined
      const told = await resetPassword(system, caller, { userId: params.id ?? '', chosen })
      return { status: 202, body: chosen === undefined ? { newPassword: told } : {} }
    },
  }),
]

/** What Graph leaves to Microsoft's own pages. */
export const ownPasswordRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/password',
    permission: 'methods.read-own',
    summary: 'Read whether one has a password, since when, and how long a new one has to be',
    answers: { status: 200, schema: ownPassword },
    handle: async (call) => {
      const kept = await call.system.personPasswords.find(call.caller.id)
      const changedDateTime = kept?.changedAt.toISOString() ?? null
      return one(call, 'me/password', { isSet: kept !== undefined, changedDateTime, ...passwordRules(passwordUse(false)) })
    },
  }),
  route({
    method: 'POST',
    path: '/me/password',
    permission: 'password.change-own',
    freshProof: 'now',
    summary: 'Set a password where one has none yet',
    body: newPassword,
    answers: { status: 204 },
    handle: async ({ system, caller, body }) => {
      await setFirstPassword(system, caller, body.newPassword)
      return noContent
    },
  }),
  route({
    method: 'POST',
    path: '/me/password/check',
    permission: 'password.change-own',
    summary: 'Ask whether a new password would do; nothing is changed',
    body: newPassword,
    answers: { status: 200, schema: passwordVerdict },
    handle: async (call) => {
      const { system, caller, body, locale } = call
      const user = (await system.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
      const code = (await methods.password.judgeNewPassword(system, user, { text: body.newPassword, mustChange: false })) ?? null
      const { minLength } = passwordRules(passwordUse(false))
      return one(call, 'me/password/check', {
        isAcceptable: code === null,
        code,
        message: code && message(locale, `refusals.${code}`, { min: String(minLength) }),
      })
    },
  }),
  route({
    method: 'POST',
    path: '/users/:id/endSignInWaits',
    permission: 'sign-in-waits.end',
    summary: 'Let a person try again at once who has to wait after wrong passwords or codes',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await endWaits(system, caller, params.id ?? '')
      return noContent
    },
  }),
]
