import {
  type CallBackBody,
  callBack,
  newCallBack,
  staffLocation,
  staffLocations,
  staffNumber,
  staffNumberRemoval,
  staffPass,
  staffPassword,
  staffPeople,
  staffPerson,
} from '#contract/graph/staff.ts'
import type { CallBack } from '#server/domain/call-back.ts'
import type { Caller } from '#server/domain/caller.ts'
import { getObjectId } from '#server/domain/directory-object.ts'
import { graphNumber, maskedNumber } from '#server/domain/phone-number.ts'
import { list, one } from '#server/http/answers.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { admitManager } from './admit-manager.ts'
import { findCallBack } from './find-call-back.ts'
import { finishCallBack } from './finish-call-back.ts'
import { issuePass } from './issue-pass.ts'
import { listLocations } from './list-locations.ts'
import { listPeople } from './list-people.ts'
import { presentPerson } from './present-person.ts'
import { readPerson } from './read-person.ts'
import { removeNumber } from './remove-number.ts'
import { resetPassword } from './reset-password.ts'
import type { StaffFacts } from './rules.ts'
import { setNumber } from './set-number.ts'
import { startCallBack } from './start-call-back.ts'
import { switchSmsSignIn } from './switch-sms-sign-in.ts'

const person = '/staff/people/:id'

/** All that a manager of people can do here; nothing else exists for them. */
export const staffRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/staff/locations',
    permission: 'staff.use',
    summary: 'List the units whose people one looks after',
    queryable: staffLocations,
    answers: { status: 200, schema: staffLocation, list: true },
    handle: async (call) => {
      const page = await listLocations(call.system, await admitManager(call.system, call.caller), call.query)
      return list(call, 'staff/locations', page, ({ id, unit }) => ({
        id,
        displayName: unit?.displayName ?? null,
        description: unit?.description ?? null,
      }))
    },
  }),
  route({
    method: 'GET',
    path: '/staff/locations/:locationId/people',
    permission: 'staff.use',
    summary: 'List the people of a unit, or of all of one’s units, and what can be done for each',
    queryable: staffPeople,
    answers: { status: 200, schema: staffPerson, list: true },
    handle: async (call) => {
      const manager = await admitManager(call.system, call.caller)
      const page = await listPeople(call.system, manager, call.params.locationId ?? '', call.query)
      return list(call, 'staff/people', page, (facts) => presentPerson(manager, facts, call.locale, call.system.now()))
    },
  }),
  route({
    method: 'GET',
    path: person,
    permission: 'staff.use',
    summary: 'Read one of one’s people, and what can be done for them',
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager, id) => readPerson(call.system, manager, id, call.system.now())),
  }),
  route({
    method: 'POST',
    path: `${person}/number`,
    permission: 'staff.numbers',
    summary: 'Give somebody a phone number, or another one, after making sure in person that it is them',
    body: staffNumber,
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager, id) => setNumber(call.system, manager, id, call.body.phoneNumber)),
  }),
  route({
    method: 'POST',
    path: `${person}/removeNumber`,
    permission: 'staff.numbers',
    summary: 'Take somebody’s phone number away, after making sure in person that it is them',
    body: staffNumberRemoval,
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager, id) => removeNumber(call.system, manager, id)),
  }),
  route({
    method: 'POST',
    path: `${person}/enableSmsSignIn`,
    permission: 'staff.numbers',
    summary: 'Let somebody sign in with their phone number',
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager, id) => switchSmsSignIn(call.system, manager, id, 'on')),
  }),
  route({
    method: 'POST',
    path: `${person}/disableSmsSignIn`,
    permission: 'staff.numbers',
    summary: 'Stop somebody from signing in with their phone number; it stays for verification',
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager, id) => switchSmsSignIn(call.system, manager, id, 'off')),
  }),
  route({
    method: 'POST',
    path: `${person}/resetPassword`,
    permission: 'staff.use',
    summary: 'Give somebody a password for a day; it is told once',
    answers: { status: 200, schema: staffPassword },
    handle: async ({ system, caller, params }) => {
      const manager = await admitManager(system, caller)
      return { status: 200, body: { newPassword: await resetPassword(system, manager, getObjectId(params.id)) } }
    },
  }),
  route({
    method: 'POST',
    path: `${person}/temporaryAccessPass`,
    permission: 'staff.numbers',
    summary: 'Give somebody a pass to sign in with for a while; it is told once',
    answers: { status: 201, schema: staffPass },
    handle: async ({ system, caller, params }) => {
      const manager = await admitManager(system, caller)
      const { pass, secret } = await issuePass(system, manager, getObjectId(params.id))
      const body = { temporaryAccessPass: secret, expiresDateTime: pass.expiresAt.toISOString(), isUsableOnce: pass.isOnce }
      return { status: 201, body }
    },
  }),
  route({
    method: 'POST',
    path: `${person}/callBacks`,
    permission: 'staff.numbers',
    summary: 'Ask somebody, by a text to the number they have, whether it is to change',
    body: newCallBack,
    answers: { status: 201, schema: callBack },
    handle: async (call) => {
      const { system, body, params } = call
      const manager = await admitManager(system, call.caller)
      const wanted = { change: body.change, phoneNumber: body.phoneNumber }
      return one(call, 'staff/callBacks', presentCallBack(await startCallBack(system, manager, getObjectId(params.id), wanted)), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/staff/callBacks/:callBackId',
    permission: 'staff.numbers',
    summary: 'Read whether the person has answered',
    answers: { status: 200, schema: callBack },
    handle: async (call) => {
      const manager = await admitManager(call.system, call.caller)
      const found = await findCallBack(call.system, manager, call.params.callBackId, call.system.now())
      return one(call, 'staff/callBacks', presentCallBack(found))
    },
  }),
  route({
    method: 'POST',
    path: '/staff/callBacks/:callBackId/finish',
    permission: 'staff.numbers',
    summary: 'Do what the person agreed to',
    answers: { status: 200, schema: staffPerson },
    handle: (call) => afterAct(call, (manager) => finishCallBack(call.system, manager, call.params.callBackId)),
  }),
]

/** Answers with the person as they stand afterwards. */
async function afterAct(call: Call<unknown>, act: (manager: Caller, id: string) => Promise<StaffFacts>): Promise<Answer> {
  const { system, caller, params, locale } = call
  const manager = await admitManager(system, caller)
  const facts = await act(manager, params.id === undefined ? '' : getObjectId(params.id))
  return one(call, 'staff/people', presentPerson(manager, facts, locale, system.now()))
}

/** The manager has just typed the new number, so it stands here whole. */
function presentCallBack({ id, userId, question, state, expiresAt }: CallBack): CallBackBody {
  return {
    id,
    userId,
    change: question.change,
    digits: question.digits,
    sentTo: maskedNumber(question.oldNumber),
    newPhoneNumber: question.newNumber ? graphNumber(question.newNumber) : null,
    state,
    expiresDateTime: expiresAt.toISOString(),
  }
}
