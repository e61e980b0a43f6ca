import {
  newOwnNumber,
  numberProof,
  numberToProve,
  smsSignInOffer as offerBody,
  type SmsSignInOfferBody,
} from '#contract/graph/own-numbers.ts'
import { phoneMethod, phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { graphNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one } from '#server/http/answers.ts'
import { presentPhone } from '#server/http/graph-phone.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { methods } from '#server/methods/index.ts'
import { confirmOwnNumber } from './confirm-own-number.ts'
import { resendOwnCode } from './resend-own-code.ts'
import { smsSignInOffer } from './sms-sign-in-offer.ts'
import { browserOf, startOwnNumber } from './start-own-number.ts'

export const ownNumberRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/me/phoneNumbers',
    permission: 'phones.change-own',
    summary: 'Register a mobile number of one’s own: a code goes there',
    body: newOwnNumber,
    answers: { status: 202, schema: numberToProve },
    handle: async (call) => {
      const { phoneNumber, replaces = false } = call.body
      const id = await startOwnNumber(call.system, call.caller, { text: phoneNumber, replaces, locale: call.locale })
      return toProve(call, id)
    },
  }),
  route({
    method: 'POST',
    path: '/me/phoneNumbers/:challengeId/confirm',
    permission: 'phones.change-own',
    summary: 'Prove a number by the code that went there; now it is registered',
    body: numberProof,
    answers: { status: 201, schema: phoneMethod },
    handle: async (call) => {
      const { code, replaces = false } = call.body
      const proof = { challengeId: call.params.challengeId ?? '', code, replaces }
      const phone = await confirmOwnNumber(call.system, call.caller, proof)
      return one(call, `users('${phone.userId}')/authentication/phoneMethods`, presentPhone(phone, true), 201)
    },
  }),
  route({
    method: 'POST',
    path: '/me/phoneNumbers/:challengeId/resend',
    permission: 'phones.change-own',
    summary: 'Have the code sent once more',
    answers: { status: 202, schema: numberToProve },
    handle: async (call) => {
      const id = call.params.challengeId ?? ''
      await resendOwnCode(call.system, call.caller, id)
      return toProve(call, id)
    },
  }),
  route({
    method: 'GET',
    path: '/me/smsSignInOffer',
    permission: 'phones.read-own',
    summary: 'Read whether one’s number could be one’s user name',
    answers: { status: 200, schema: offerBody },
    handle: async (call) => {
      const { phone, canEnable, showsBanner } = await smsSignInOffer(call.system, call.caller.id)
      const body: SmsSignInOfferBody = {
        id: 'smsSignInOffer',
        phoneMethodId: phone ? phoneMethodIds.mobile : null,
        phoneNumber: phone ? graphNumber(phone.number) : null,
        canEnable,
        showsBanner,
      }
      return one(call, 'me/smsSignInOffer', body)
    },
  }),
  route({
    method: 'POST',
    path: '/me/smsSignInOffer/dismiss',
    permission: 'phones.change-own',
    summary: 'Not be asked again to use one’s number as one’s user name',
    answers: { status: 204 },
    handle: async ({ system, caller }) => {
      await system.inTransaction(({ methodChoices }) => methodChoices.dismissOffer(caller.id, system.now()))
      return noContent
    },
  }),
]

async function toProve(call: Call<unknown>, id: string): Promise<Answer> {
  const { system, caller } = call
  const view = (await methods.sms.viewChallenge(system, id, browserOf(caller), 'add-phone')) ?? refuse('code_over')
  const body = {
    id,
    phoneNumber: graphNumber(view.number),
    expiresDateTime: view.expiresAt.toISOString(),
    canResendDateTime: view.canResendAt.toISOString(),
    resendsLeft: view.sendsLeft,
  }
  return { status: 202, body: { '@odata.context': `${call.base}/$metadata#me/phoneNumbers/$entity`, ...body } }
}
