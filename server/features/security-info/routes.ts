import { checkedNumber, numberToCheck, personActs, personMethods } from '#contract/graph/person-methods.ts'
import { securityInfo } from '#contract/graph/security-info.ts'
import { one } from '#server/http/answers.ts'
import { type Route, route } from '#server/http/route.ts'
import { checkNumber } from './check-number.ts'
import { presentCheck, presentPersonActs, presentPersonMethods } from './present-person-methods.ts'
import { presentSecurityInfo } from './present-security-info.ts'
import { readPersonActs } from './read-person-acts.ts'
import { readPersonMethods } from './read-person-methods.ts'
import { freshProofOf, readSecurityInfo } from './read-security-info.ts'

/** What the pages of My Account ask, in one answer for each. */
export const securityInfoRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/securityInfo',
    permission: 'methods.read-own',
    summary: 'Read all of one’s own security info: what there is, what can be added or deleted, and why not',
    answers: { status: 200, schema: securityInfo },
    handle: async (call) => {
      const { system, caller, locale } = call
      const info = await readSecurityInfo(system, caller)
      return one(call, 'me/securityInfo', presentSecurityInfo(info, await freshProofOf(system, caller, system.now()), locale))
    },
  }),
]

/** The same of somebody else, for the admin center. */
export const personMethodRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users/:id/authenticationMethods',
    permission: 'methods.read',
    summary: 'Read all of a person’s methods: what there is, what is in the way, and what one may do about it',
    answers: { status: 200, schema: personMethods },
    handle: async (call) => {
      const { system, caller, locale, params } = call
      const person = await readPersonMethods(system, caller, params.id ?? '')
      return one(call, 'users/authenticationMethods', presentPersonMethods(person, locale))
    },
  }),
  route({
    method: 'POST',
    path: '/users/:id/authenticationMethods/checkNumber',
    permission: 'phones.change',
    freshProof: 'now',
    summary: 'Ask whether a number could be given to a person; nothing is changed',
    body: numberToCheck,
    answers: { status: 200, schema: checkedNumber },
    handle: async (call) => {
      const { system, caller, locale, params, body } = call
      const checked = await checkNumber(system, caller, params.id ?? '', { text: body.phoneNumber, type: body.phoneType })
      return { status: 200, body: { '@odata.context': `${call.base}/$metadata#users/checkedNumber`, ...presentCheck(checked, locale) } }
    },
  }),
  route({
    method: 'GET',
    path: '/users/:id/acts',
    permission: 'users.read',
    summary: 'Read what one may do to a person, and of the rest which role could',
    answers: { status: 200, schema: personActs },
    handle: async (call) => {
      const { system, caller, locale, params } = call
      const { id, acts } = await readPersonActs(system, caller, params.id ?? '')
      return one(call, 'users/acts', { id, ...presentPersonActs(acts, locale) })
    },
  }),
]
