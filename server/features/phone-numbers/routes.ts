import {
  type NumberToProveBody,
  newOwnNumber,
  numberProof,
  numberToProve,
  smsSignInOffer as offerBody,
  type SmsSignInOfferBody,
} from '#contract/graph/own-numbers.ts'
import { newPhoneMethod, phoneMethod, phoneMethodChanges, phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { graphNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { smsSignInOffer } from '#server/domain/sms-sign-in-offer.ts'
import { noContent, one } from '#server/http/answers.ts'
import { getPhoneType, presentPhone } from '#server/http/graph-phone.ts'
import { readingDoors } from '#server/http/method-doors.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { addPhone } from './add-phone.ts'
import { changePhone } from './change-phone.ts'
import { confirmOwnNumber } from './confirm-own-number.ts'
import { deletePhone } from './delete-phone.ts'
import { disableSmsSignIn } from './disable-sms-sign-in.ts'
import { enableSmsSignIn } from './enable-sms-sign-in.ts'
import { resendOwnCode } from './resend-own-code.ts'
import { startOwnNumber } from './start-own-number.ts'
import { viewOwnProof } from './view-own-proof.ts'

const numbers = '/users/:id/authentication/phoneMethods'
const oneNumber = `${numbers}/:methodId`

export const phoneNumberRoutes: readonly Route[] = [
  ...readingDoors({
    collection: 'phoneMethods',
    permission: { others: 'phones.read', own: 'phones.read-own' },
    schema: phoneMethod,
    summaries: {
      list: 'List a person’s phone numbers, and whether they sign in with them',
      one: 'Read one phone number of a person',
    },
    itemsOf: async (system, { user, isWhole }) => {
      const phones = await phonesOf(system, user, system.now())
      return phones.map((phone) => presentPhone(phone, isWhole))
    },
  }),
  // For oneself too it takes a role: whoever has none proves their number by a code, at /sesam/v1/me/phoneNumbers.
  ...forSelfToo(
    'phones.change',
    route({
      method: 'POST',
      path: numbers,
      permission: 'phones.change',
      freshProof: 'now',
      summary: 'Give a person a phone number; a mobile one becomes their user name where policy allows',
      body: newPhoneMethod,
      answers: { status: 201, schema: phoneMethod },
      handle: async (call) => {
        const { phoneNumber, phoneType } = call.body
        const wanted = {
          ...readNumber(phoneNumber, phoneType, { property: 'phoneNumber' }),
          type: phoneType,
          isMfaOnly: call.prefers.has('mfa-only'),
        }
        const phone = await addPhone(call.system, call.caller, idOf(call), wanted)
        return one(call, `users('${phone.userId}')/authentication/phoneMethods`, presentPhone(phone, true), 201)
      },
    }),
  ),
  route({
    method: 'PATCH',
    path: oneNumber,
    permission: 'phones.change',
    freshProof: 'now',
    summary: 'Change a phone number, but never its type',
    body: phoneMethodChanges,
    answers: { status: 204 },
    handle: async (call) => {
      const { phoneNumber, phoneType } = call.body
      const isMfaOnly = call.prefers.has('mfa-only')
      const wanted = { type: getPhoneType(call.params.methodId), number: phoneNumber, newType: phoneType, isMfaOnly }
      await changePhone(call.system, call.caller, idOf(call), wanted)
      return noContent
    },
  }),
  ...forSelfToo(
    'phones.change-own',
    route({
      method: 'DELETE',
      path: oneNumber,
      permission: 'phones.change',
      freshProof: 'now',
      summary: 'Delete a phone number for good',
      answers: { status: 204 },
      handle: async (call) => {
        const wanted = { type: getPhoneType(call.params.methodId), agrees: call.prefers.has('reassign-default') }
        await deletePhone(call.system, call.caller, idOf(call), wanted)
        return noContent
      },
    }),
  ),
  ...forSelfToo(
    'phones.change-own',
    route({
      method: 'POST',
      path: `${oneNumber}/enableSmsSignIn`,
      permission: 'phones.change',
      freshProof: 'now',
      summary: 'Let a person sign in with their mobile number',
      answers: { status: 204 },
      handle: async (call) => {
        await enableSmsSignIn(call.system, call.caller, idOf(call), getPhoneType(call.params.methodId))
        return noContent
      },
    }),
  ),
  ...forSelfToo(
    'phones.change-own',
    route({
      method: 'POST',
      path: `${oneNumber}/disableSmsSignIn`,
      permission: 'phones.change',
      freshProof: 'now',
      summary: 'Stop a person from signing in with their mobile number; it stays for verification',
      answers: { status: 204 },
      handle: async (call) => {
        await disableSmsSignIn(call.system, call.caller, idOf(call), getPhoneType(call.params.methodId))
        return noContent
      },
    }),
  ),
]

/** What Graph leaves to Microsoft's own pages: one's own number, proven by a code. */
export const ownNumberRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/me/phoneNumbers',
    permission: 'phones.change-own',
    freshProof: 'now',
    summary: 'Register a number of one’s own: a code goes there, or its phone rings',
    body: newOwnNumber,
    answers: { status: 202, schema: numberToProve },
    handle: async (call) => {
      const { phoneNumber: text, phoneType: type, channel, replaces = false } = call.body
      const id = await startOwnNumber(call.system, call.caller, { text, type, channel, replaces, locale: call.locale })
      return toProve(call, id, 202)
    },
  }),
  route({
    method: 'GET',
    path: '/me/phoneNumbers/:challengeId',
    permission: 'phones.change-own',
    summary: 'Read how far the proof of a number is',
    answers: { status: 200, schema: numberToProve },
    handle: async (call) => toProve(call, call.params.challengeId ?? '', 200),
  }),
  route({
    method: 'POST',
    path: '/me/phoneNumbers/:challengeId/confirm',
    permission: 'phones.change-own',
    freshProof: 'when begun',
    summary: 'Prove a number by the code that went there, or the call that was answered; now it is registered',
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
    freshProof: 'when begun',
    summary: 'Have the code sent once more, or be called again',
    answers: { status: 202, schema: numberToProve },
    handle: async (call) => {
      const id = call.params.challengeId ?? ''
      await resendOwnCode(call.system, call.caller, id)
      return toProve(call, id, 202)
    },
  }),
  route({
    method: 'GET',
    path: '/me/smsSignInOffer',
    permission: 'phones.read-own',
    summary: 'Read whether one’s number could be one’s user name',
    answers: { status: 200, schema: offerBody },
    handle: async (call) => {
      const { phone, canEnable, showsBanner } = await readOffer(call)
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

async function readOffer({ system, caller }: Call) {
  const user = (await system.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
  const phones = await phonesOf(system, user, system.now())
  return smsSignInOffer(phones, await system.methodChoices.ofUser(user.id), system.now())
}

function idOf({ params }: Call<unknown>): string {
  return params.id ?? ''
}

async function toProve(call: Call<unknown>, id: string, status: 200 | 202): Promise<Answer> {
  const view = await viewOwnProof(call.system, call.caller, id)
  const { number, phoneType } = view
  const common = { id, phoneNumber: graphNumber(number), phoneType, expiresDateTime: view.expiresAt.toISOString() }
  const body: NumberToProveBody =
    view.channel === 'voice'
      ? {
          ...common,
          channel: 'voice',
          digit: view.digit,
          state: view.state,
          wrongDigits: view.tries,
          canCallAgainDateTime: view.canCallAgainAt.toISOString(),
          callsLeft: view.callsLeft,
        }
      : { ...common, channel: 'sms', canResendDateTime: view.canResendAt.toISOString(), resendsLeft: view.sendsLeft, isOver: view.isOver }
  return { status, body: { '@odata.context': `${call.base}/$metadata#me/phoneNumbers/$entity`, ...body } }
}
