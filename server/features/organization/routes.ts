import { type DomainBody, domain, domainChanges, domains } from '#contract/graph/domains.ts'
import { type OrganizationBody, organization, organizationChanges, organizations } from '#contract/graph/organization.ts'
import type { Domain, Organization } from '#server/domain/organization.ts'
import { refuse } from '#server/domain/refusal.ts'
import { noContent, one, wholeList } from '#server/http/answers.ts'
import { type Call, type Route, route } from '#server/http/route.ts'
import { changeDomain } from './change-domain.ts'
import { changeOrganization } from './change-organization.ts'

export const organizationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organization',
    permission: 'organization.read',
    summary: 'Read the organisation, as a list of one',
    queryable: organizations,
    answers: { status: 200, schema: organization, list: true },
    handle: async (call) => wholeList(call, 'organization', [await ownOrganization(call)]),
  }),
  route({
    method: 'GET',
    path: '/organization/:id',
    permission: 'organization.read',
    summary: 'Read the organisation',
    queryable: organizations,
    answers: { status: 200, schema: organization },
    handle: async (call) => {
      const found = await ownOrganization(call)
      if (found.id !== call.params.id?.toLowerCase()) refuse('object_not_found', { id: call.params.id ?? '' })
      return one(call, 'organization', found)
    },
  }),
  route({
    method: 'PATCH',
    path: '/organization/:id',
    permission: 'organization.change',
    summary: 'Change the name, the country, the language and the technical contacts of the organisation',
    body: organizationChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      const { displayName, countryLetterCode, preferredLanguage, technicalNotificationMails } = body
      const wanted = { displayName, defaultCountry: countryLetterCode, preferredLanguage, technicalMails: technicalNotificationMails }
      await changeOrganization(system, caller, params.id ?? '', wanted)
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: '/domains',
    permission: 'domains.read',
    summary: 'List the domains of the organisation',
    queryable: domains,
    answers: { status: 200, schema: domain, list: true },
    handle: async (call) => {
      const all = await call.system.domains.all()
      return wholeList(
        call,
        'domains',
        all.map((each) => presentDomain(each, all)),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/domains/:id',
    permission: 'domains.read',
    summary: 'Read one domain',
    queryable: domains,
    answers: { status: 200, schema: domain },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const found = (await call.system.domains.find(id)) ?? refuse('object_not_found', { id })
      return one(call, 'domains', presentDomain(found, await call.system.domains.all()))
    },
  }),
  route({
    method: 'PATCH',
    path: '/domains/:id',
    permission: 'domains.change',
    summary: 'Make a domain the default, or say where its people prove who they are',
    body: domainChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body: { isDefault, authenticationType } }) => {
      await changeDomain(system, caller, params.id ?? '', { isDefault, authenticationType })
      return noContent
    },
  }),
]

/** An app that may only read its user learns no more of the organisation than its name and domains. */
const tellingScopes = ['Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']

async function ownOrganization({ system, caller }: Call<unknown>): Promise<OrganizationBody> {
  const found = await system.organizations.get()
  const verified = (await system.domains.all()).filter((each) => each.isVerified)
  const basic = presentOrganization(found, verified)
  return tellingScopes.some((scope) => caller.scopes.has(scope)) ? { ...basic, ...furtherFacts(found) } : basic
}

function presentOrganization({ id, displayName }: Organization, verified: readonly Domain[]): OrganizationBody {
  return {
    id,
    deletedDateTime: null,
    assignedPlans: [],
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: null,
    createdDateTime: null,
    defaultUsageLocation: null,
    displayName,
    marketingNotificationEmails: [],
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    postalCode: null,
    preferredLanguage: null,
    provisionedPlans: [],
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    state: null,
    street: null,
    technicalNotificationMails: [],
    tenantType: null,
    verifiedDomains: verified.map(({ name, isDefault, isInitial, authenticationType }) => ({
      capabilities: 'None',
      isDefault,
      isInitial,
      name,
      type: authenticationType,
    })),
  }
}

function furtherFacts({ createdAt, defaultCountry, languages, technicalMails }: Organization): Partial<OrganizationBody> {
  return {
    countryLetterCode: defaultCountry ?? null,
    createdDateTime: createdAt.toISOString(),
    preferredLanguage: languages[0] ?? null,
    technicalNotificationMails: [...technicalMails],
    tenantType: 'AAD',
  }
}

function presentDomain({ name, authenticationType, isDefault, isInitial, isVerified }: Domain, all: readonly Domain[]): DomainBody {
  return {
    id: name,
    authenticationType,
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault,
    isInitial,
    isRoot: !all.some((other) => other.isVerified && name.endsWith(`.${other.name}`)),
    isVerified,
    manufacturer: null,
    model: null,
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: null,
    state: null,
    supportedServices: [],
  }
}
