import { Readable } from 'node:stream'
import {
  featureSummary,
  methodSummary,
  type NumberHolderBody,
  numberHolder,
  numberHolders,
  oneRegistration,
  type RegistrationDetailsBody,
  registrableMethods,
  registrationDetails,
  type TextDependentBody,
  textDependent,
  textDependents,
  userRegistrationDetails,
} from '#contract/graph/method-reports.ts'
import { capabilities } from '#contract/graph/reports.ts'
import { exportCounts } from '#server/domain/export-counts.ts'
import type { Included, Registration, RegistrationCounts, TextDependent } from '#server/domain/method-registration.ts'
import { seesNumbers, shownNumber } from '#server/domain/numbers-of-all.ts'
import type { Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, one, wholeList } from '#server/http/answers.ts'
import { attachment } from '#server/http/attachment.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { countCapabilities } from './count-capabilities.ts'
import { exportDependents, reportPolicies } from './export-dependents.ts'
import { findHolders, type Holder } from './find-holders.ts'
import { everybodyIncluded, hasPhone, isMfaCapable, methodsRegistered, numberAsked, preferredFactor, readIncluded } from './rules.ts'

const root = '/reports/authenticationMethods'
const kind = 'reports/authenticationMethods/userRegistrationDetails'

export const methodReportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: `${root}/userRegistrationDetails`,
    permission: 'method-reports.read',
    summary: 'List what people have registered to prove themselves with',
    queryable: registrationDetails,
    answers: { status: 200, schema: userRegistrationDetails, list: true },
    handle: async (call) => {
      const page = await call.system.methodReports.registrations(call.query, await reportPolicies(call.system))
      return list(call, kind, page, (item) => presentRegistration(item, call.system.now()))
    },
  }),
  route({
    method: 'GET',
    path: `${root}/userRegistrationDetails/:id`,
    permission: 'method-reports.read',
    summary: 'Read what one person has registered to prove themselves with',
    queryable: oneRegistration,
    answers: { status: 200, schema: userRegistrationDetails },
    handle: async (call) => one(call, kind, presentRegistration(await getRegistration(call, call.params.id ?? ''), call.system.now())),
  }),
  route({
    method: 'GET',
    path: `${root}/usersRegisteredByFeature`,
    permission: 'method-reports.read',
    summary: 'Count who has registered for what',
    answers: { status: 200, schema: featureSummary },
    handle: (call) => byFeature(call, everybodyIncluded),
  }),
  route({
    method: 'GET',
    path: `${root}/usersRegisteredByFeature:parameters`,
    permission: 'method-reports.read',
    summary: 'Count who has registered for what, of some types or roles',
    answers: { status: 200, schema: featureSummary },
    handle: (call) => byFeature(call, readIncluded('usersRegisteredByFeature', call.params.parameters ?? '')),
  }),
  route({
    method: 'GET',
    path: `${root}/usersRegisteredByMethod`,
    permission: 'method-reports.read',
    summary: 'Count who has registered each method',
    answers: { status: 200, schema: methodSummary },
    handle: (call) => byMethod(call, everybodyIncluded),
  }),
  route({
    method: 'GET',
    path: `${root}/usersRegisteredByMethod:parameters`,
    permission: 'method-reports.read',
    summary: 'Count who has registered each method, of some types or roles',
    answers: { status: 200, schema: methodSummary },
    handle: (call) => byMethod(call, readIncluded('usersRegisteredByMethod', call.params.parameters ?? '')),
  }),
]

/** What Graph has no address for. */
export const methodReportOwnRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/reports/phoneNumbers',
    permission: 'phones.look-up',
    summary: 'Find out who has a number, in any spelling; the audit log tells who asked',
    queryable: numberHolders,
    answers: { status: 200, schema: numberHolder, list: true },
    handle: async (call) => {
      const holders = await findHolders(call.system, call.caller, numberAsked(call.query))
      return wholeList(call, 'reports/phoneNumbers', holders.map(presentHolder))
    },
  }),
  route({
    method: 'GET',
    path: '/reports/textDependents',
    permission: 'method-reports.read',
    summary: 'List whose only way in, or only second factor, is a text or a call',
    queryable: textDependents,
    answers: { status: 200, schema: textDependent, list: true },
    handle: async (call) => {
      const isWhole = seesNumbers(call.caller, call.system.now())
      const page = await call.system.methodReports.textDependents(call.query, await reportPolicies(call.system))
      return list(call, 'reports/textDependents', page, (item) => presentDependent(item, isWhole))
    },
  }),
  route({
    method: 'GET',
    path: '/reports/textDependents/export',
    permission: 'method-reports.read',
    summary: 'Download whose only way in, or only second factor, is a text or a call, as a CSV file',
    queryable: { ...textDependents, selectable: [], topMax: 1, topDefault: 1 },
    answers: { status: 200, csv: true },
    handle: async ({ system, caller, query }) => {
      const rows = await exportDependents(system, caller, query, await reportPolicies(system))
      return attachment('text-dependents.csv', Readable.from(rows))
    },
  }),
  route({
    method: 'GET',
    path: '/reports/capabilities',
    permission: 'method-reports.read',
    summary: 'Count who can reset a password, take a second step, or sign in without a password',
    answers: { status: 200, schema: capabilities },
    handle: async (call) => ({
      status: 200,
      body: { '@odata.context': `${call.base}/$metadata#reports/capabilities`, ...(await countCapabilities(call.system)) },
    }),
  }),
  route({
    method: 'GET',
    path: '/reports/capabilities/export',
    permission: 'method-reports.read',
    summary: 'Download how many can reset a password, take a second step, or sign in without a password, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async ({ system, caller }) => {
      const { value } = await countCapabilities(system)
      const report = { id: 'capabilities', displayName: 'What people can do', columns: ['capability', 'userCount'] }
      return attachment('capabilities.csv', Readable.from(await exportCounts(system, caller, report, value)))
    },
  }),
  route({
    method: 'GET',
    path: '/reports/registeredMethods/export',
    permission: 'method-reports.read',
    summary: 'Download how many have registered each method, as a CSV file',
    answers: { status: 200, csv: true },
    handle: async ({ system, caller }) => {
      const counts = countsByMethod(await system.methodReports.counts(everybodyIncluded, await reportPolicies(system)))
      const report = { id: 'registeredMethods', displayName: 'Methods registered', columns: ['authenticationMethod', 'userCount'] }
      return attachment('registered-methods.csv', Readable.from(await exportCounts(system, caller, report, counts)))
    },
  }),
]

async function getRegistration(call: Call<unknown>, idOrName: string): Promise<Registration> {
  const { id } = (await call.system.users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  const query: Query = { ...call.query, filter: { kind: 'compare', property: 'id', operator: 'eq', value: id }, top: 1, after: undefined }
  const { items } = await call.system.methodReports.registrations(query, await reportPolicies(call.system))
  // Whoever is disabled stands in no report.
  return items[0] ?? refuse('object_not_found', { id: idOrName })
}

function presentRegistration(registration: Registration, now: Date): RegistrationDetailsBody {
  const hasFactor = hasPhone(registration)
  return {
    id: registration.id,
    userPrincipalName: registration.userPrincipalName,
    userDisplayName: registration.displayName,
    userType: registration.userType === 'Guest' ? 'guest' : 'member',
    isAdmin: registration.isAdmin,
    isMfaRegistered: hasFactor,
    isMfaCapable: isMfaCapable(registration),
    isPasswordlessCapable: false,
    isSsprRegistered: hasFactor || registration.hasEmail,
    // Nobody resets a password by themselves yet.
    isSsprEnabled: false,
    isSsprCapable: false,
    isSystemPreferredAuthenticationMethodEnabled: false,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: preferredFactor(registration),
    methodsRegistered: methodsRegistered(registration),
    lastUpdatedDateTime: now.toISOString(),
  }
}

async function byFeature(call: Call<unknown>, included: Included): Promise<Answer> {
  const { people, ssprRegistered, mfaCapable } = await call.system.methodReports.counts(included, await reportPolicies(call.system))
  const counts = { ssprRegistered, ssprEnabled: 0, ssprCapable: 0, passwordlessCapable: 0, mfaCapable }
  return summary(call, 'userRegistrationFeatureSummary', included, {
    totalUserCount: people,
    userRegistrationFeatureCounts: Object.entries(counts).map(([feature, userCount]) => ({ feature, userCount })),
  })
}

async function byMethod(call: Call<unknown>, included: Included): Promise<Answer> {
  const counts = await call.system.methodReports.counts(included, await reportPolicies(call.system))
  return summary(call, 'userRegistrationMethodSummary', included, {
    totalUserCount: counts.people,
    userRegistrationMethodCounts: countsByMethod(counts),
  })
}

function countsByMethod(counts: RegistrationCounts) {
  return registrableMethods.map((method) => ({ authenticationMethod: method, userCount: countOf(counts, method) }))
}

function countOf(
  { password, mobile, alternateMobile, office, email, pass }: RegistrationCounts,
  method: (typeof registrableMethods)[number],
): number {
  const counts: Partial<Record<typeof method, number>> = {
    password,
    email,
    mobilePhone: mobile,
    alternateMobilePhone: alternateMobile,
    officePhone: office,
    temporaryAccessPass: pass,
  }
  return counts[method] ?? 0
}

function summary(call: Call<unknown>, type: string, { types, roles }: Included, counts: Readonly<Record<string, unknown>>): Answer {
  const context = { '@odata.context': `${call.base}/$metadata#microsoft.graph.${type}` }
  return { status: 200, body: { ...context, userTypes: types, userRoles: roles, ...counts } }
}

function presentHolder({ user, phone, isWhole }: Holder): NumberHolderBody {
  return {
    id: `${user.id}-${phone.type}`,
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    phoneType: phone.type,
    phoneNumber: shownNumber(phone.number, isWhole),
    smsSignInState: phone.state,
    createdDateTime: phone.createdAt.toISOString(),
    lastUsedDateTime: phone.usedAt?.toISOString() ?? null,
  }
}

function presentDependent({ number, ...person }: TextDependent, isWhole: boolean): TextDependentBody {
  return {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    department: person.department ?? null,
    preferredLanguage: person.preferredLanguage ?? null,
    phoneNumber: number ? shownNumber(number, isWhole) : null,
    isOnlyWayIn: person.isOnlyWayIn,
    isOnlySecondFactor: person.isOnlySecondFactor,
  }
}
