import {
  addressProof,
  addressToProve,
  emailMethod,
  emailMethodChanges,
  newEmailMethod,
  newOwnAddress,
} from '#contract/graph/email-methods.ts'
import { shownAddress } from '#server/domain/email-address.ts'
import { ownBrowser } from '#server/domain/own-browser.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one } from '#server/http/answers.ts'
import { presentEmail, requireEmailId } from '#server/http/graph-email.ts'
import { readingDoors } from '#server/http/method-doors.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { methods } from '#server/methods/index.ts'
import { addAddress } from './add-address.ts'
import { changeAddress } from './change-address.ts'
import { confirmOwnAddress } from './confirm-own-address.ts'
import { deleteAddress } from './delete-address.ts'
import { resendOwnCode } from './resend-own-code.ts'
import { startOwnAddress } from './start-own-address.ts'

const addresses = '/users/:id/authentication/emailMethods'
const oneAddress = `${addresses}/:methodId`

export const emailAddressRoutes: readonly Route[] = [
  ...readingDoors({
    collection: 'emailMethods',
    schema: emailMethod,
    summaries: {
      list: 'List the e-mail address a person resets their password with, if there is one',
      one: 'Read the e-mail address a person resets their password with',
    },
    itemsOf: async ({ emailMethods }, { user, isWhole }) => {
      const email = await emailMethods.ofUser(user.id)
      return email ? [presentEmail(email, isWhole)] : []
    },
  }),
  // One's own is proven by a code, at /sesam/v1/me/emailAddresses.
  route({
    method: 'POST',
    path: addresses,
    permission: 'methods.change',
    freshProof: 'now',
    summary: 'Give a person an e-mail address to reset their password with',
    body: newEmailMethod,
    answers: { status: 201, schema: emailMethod },
    handle: async (call) => {
      const email = await addAddress(call.system, call.caller, call.params.id ?? '', call.body.emailAddress)
      return one(call, `users('${email.userId}')/authentication/emailMethods`, presentEmail(email, true), 201)
    },
  }),
  route({
    method: 'PATCH',
    path: oneAddress,
    permission: 'methods.change',
    freshProof: 'now',
    summary: 'Change the e-mail address a person resets their password with',
    body: emailMethodChanges,
    answers: { status: 204 },
    handle: async (call) => {
      requireEmailId(call.params.methodId)
      await changeAddress(call.system, call.caller, call.params.id ?? '', call.body.emailAddress)
      return noContent
    },
  }),
  ...forSelfToo(
    'methods.change-own',
    route({
      method: 'DELETE',
      path: oneAddress,
      permission: 'methods.change',
      freshProof: 'now',
      summary: 'Delete the e-mail address a person resets their password with',
      answers: { status: 204 },
      handle: async (call) => {
        requireEmailId(call.params.methodId)
        await deleteAddress(call.system, call.caller, call.params.id ?? '')
        return noContent
      },
    }),
  ),
]

/** What Graph leaves to Microsoft's own pages: one's own address, proven by a code. */
export const ownAddressRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/me/emailAddresses',
    permission: 'methods.change-own',
    freshProof: 'now',
    summary: 'Register an e-mail address of one’s own: a code goes there',
    body: newOwnAddress,
    answers: { status: 202, schema: addressToProve },
    handle: async (call) => {
      const { emailAddress, replaces = false } = call.body
      return toProve(call, await startOwnAddress(call.system, call.caller, { text: emailAddress, replaces, locale: call.locale }), 202)
    },
  }),
  route({
    method: 'GET',
    path: '/me/emailAddresses/:challengeId',
    permission: 'methods.change-own',
    summary: 'Read where a code went, and until when it is good',
    answers: { status: 200, schema: addressToProve },
    handle: async (call) => toProve(call, call.params.challengeId ?? '', 200),
  }),
  route({
    method: 'POST',
    path: '/me/emailAddresses/:challengeId/confirm',
    permission: 'methods.change-own',
    freshProof: 'when begun',
    summary: 'Prove an e-mail address by the code that went there; now it is registered',
    body: addressProof,
    answers: { status: 201, schema: emailMethod },
    handle: async (call) => {
      const { code, replaces = false } = call.body
      const email = await confirmOwnAddress(call.system, call.caller, { challengeId: call.params.challengeId ?? '', code, replaces })
      return one(call, `users('${email.userId}')/authentication/emailMethods`, presentEmail(email, true), 201)
    },
  }),
  route({
    method: 'POST',
    path: '/me/emailAddresses/:challengeId/resend',
    permission: 'methods.change-own',
    freshProof: 'when begun',
    summary: 'Have the code sent once more',
    answers: { status: 202, schema: addressToProve },
    handle: async (call) => {
      const id = call.params.challengeId ?? ''
      await resendOwnCode(call.system, call.caller, id)
      return toProve(call, id, 202)
    },
  }),
]

async function toProve(call: Call<unknown>, id: string, status: 200 | 202): Promise<Answer> {
  const { system, caller } = call
  const view = await methods.email.viewChallenge(system, id, ownBrowser(caller, 'add-email'), 'add-email')
  const { receiver, expiresAt, canResendAt, sendsLeft, isOver } = view ?? refuse('code_over')
  const body = {
    id,
    emailAddress: shownAddress(receiver),
    expiresDateTime: expiresAt.toISOString(),
    canResendDateTime: canResendAt.toISOString(),
    resendsLeft: sendsLeft,
    isOver,
  }
  return { status, body: { '@odata.context': `${call.base}/$metadata#me/emailAddresses/$entity`, ...body } }
}
