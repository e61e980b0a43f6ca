import { newPhoneMethod, phoneMethod, phoneMethodChanges } from '#contract/graph/phone-methods.ts'
import { getPersonToRead } from '#server/domain/person-methods.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one, wholeList } from '#server/http/answers.ts'
import { getPhoneType, presentPhone } from '#server/http/graph-phone.ts'
import { type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { addPhone } from './add-phone.ts'
import { changePhone } from './change-phone.ts'
import { deletePhone } from './delete-phone.ts'
import { disableSmsSignIn } from './disable-sms-sign-in.ts'
import { enableSmsSignIn } from './enable-sms-sign-in.ts'
import { readNumber } from './rules.ts'

const numbers = '/users/:id/authentication/phoneMethods'
const oneNumber = `${numbers}/:methodId`

export const phoneNumberRoutes: readonly Route[] = [
  ...forSelfToo(
    'phones.read-own',
    route({
      method: 'GET',
      path: numbers,
      permission: 'phones.read',
      summary: 'List a person’s phone numbers, and whether they sign in with them',
      answers: { status: 200, schema: phoneMethod, list: true },
      handle: async (call) => {
        const { kind, phones } = await read(call)
        return wholeList(call, kind, phones)
      },
    }),
  ),
  ...forSelfToo(
    'phones.read-own',
    route({
      method: 'GET',
      path: oneNumber,
      permission: 'phones.read',
      summary: 'Read one phone number of a person',
      answers: { status: 200, schema: phoneMethod },
      handle: async (call) => {
        const { kind, phones } = await read(call)
        const type = getPhoneType(call.params.methodId)
        return one(
          call,
          kind,
          phones.find((phone) => phone.phoneType === type) ?? refuse('object_not_found', { id: call.params.methodId ?? '' }),
        )
      },
    }),
  ),
  // For oneself too it takes a role: whoever has none proves their number by a code, at /sesam/v1/me/phoneNumbers.
  ...forSelfToo(
    'phones.change',
    route({
      method: 'POST',
      path: numbers,
      permission: 'phones.change',
      summary: 'Give a person a phone number; a mobile one becomes their user name where policy allows',
      body: newPhoneMethod,
      answers: { status: 201, schema: phoneMethod },
      handle: async (call) => {
        const { phoneNumber, phoneType } = call.body
        const wanted = { ...readNumber(phoneNumber, phoneType), type: phoneType, isMfaOnly: call.prefers.has('mfa-only') }
        const phone = await addPhone(call.system, call.caller, idOf(call), wanted)
        return one(call, `users('${phone.userId}')/authentication/phoneMethods`, presentPhone(phone, true), 201)
      },
    }),
  ),
  route({
    method: 'PATCH',
    path: oneNumber,
    permission: 'phones.change',
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
      summary: 'Stop a person from signing in with their mobile number; it stays for verification',
      answers: { status: 204 },
      handle: async (call) => {
        await disableSmsSignIn(call.system, call.caller, idOf(call), getPhoneType(call.params.methodId))
        return noContent
      },
    }),
  ),
]

async function read(call: Call<unknown>) {
  const { system, caller } = call
  const { user, isWhole } = await getPersonToRead(system, caller, idOf(call), system.now())
  const phones = await phonesOf(system, user, system.now())
  return { kind: `users('${user.id}')/authentication/phoneMethods`, phones: phones.map((phone) => presentPhone(phone, isWhole)) }
}

function idOf({ params }: Call<unknown>): string {
  return params.id ?? ''
}
