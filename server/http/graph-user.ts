import type { UserBody } from '#contract/graph/users.ts'
import { usualUserProperties } from '#contract/graph/users.ts'
import { requirePermission } from '#server/domain/decide.ts'
import type { HeldLicence } from '#server/domain/licence.ts'
import { missingFor } from '#server/domain/permissions.ts'
import { propertiesAsked } from '#server/domain/query.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import type { Call } from './route.ts'

/** Everything an answer may say about a person, each made only when it is asked for. */
const properties: { [Name in keyof UserBody]: (user: User, licences: readonly HeldLicence[]) => UserBody[Name] } = {
  id: (user) => user.id,
  accountEnabled: (user) => user.accountEnabled,
  assignedLicenses: (_user, licences) => licences.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans: [...disabledPlans] })),
  businessPhones: (user) => [...user.businessPhones],
  city: (user) => user.city ?? null,
  companyName: (user) => user.companyName ?? null,
  country: (user) => user.country ?? null,
  createdDateTime: (user) => user.createdAt.toISOString(),
  deletedDateTime: (user) => user.deletedAt?.toISOString() ?? null,
  department: (user) => user.department ?? null,
  displayName: (user) => user.displayName,
  employeeId: (user) => user.employeeId ?? null,
  givenName: (user) => user.givenName ?? null,
  identities: (user) => [
    {
      signInType: 'userPrincipalName',
      issuer: user.userPrincipalName.split('@')[1] ?? '',
      issuerAssignedId: user.userPrincipalName,
    },
  ],
  jobTitle: (user) => user.jobTitle ?? null,
  lastPasswordChangeDateTime: (user) => user.passwordChangedAt?.toISOString() ?? null,
  mail: (user) => user.mail ?? null,
  mailNickname: (user) => user.mailNickname,
  mobilePhone: (user) => user.mobilePhone ?? null,
  officeLocation: (user) => user.officeLocation ?? null,
  onPremisesSyncEnabled: () => null,
  otherMails: (user) => [...user.otherMails],
  passwordPolicies: (user) => user.passwordPolicies ?? null,
  postalCode: (user) => user.postalCode ?? null,
  preferredLanguage: (user) => user.preferredLanguage ?? null,
  signInSessionsValidFromDateTime: (user) => user.sessionsValidFrom.toISOString(),
  state: (user) => user.state ?? null,
  streetAddress: (user) => user.streetAddress ?? null,
  surname: (user) => user.surname ?? null,
  usageLocation: (user) => user.usageLocation ?? null,
  userPrincipalName: (user) => user.userPrincipalName,
  userType: (user) => user.userType,
}

/** A person in Graph's words: what was selected, or what Graph tells when nothing was. */
export function presentUser(
  user: User,
  select: readonly string[] = usualUserProperties,
  licences: readonly HeldLicence[] = [],
): Record<string, unknown> {
  const body: Record<string, unknown> = { id: user.id }
  for (const name of select) {
    if (isUserProperty(name)) body[name] = properties[name](user, licences)
  }
  return body
}

/** What it takes to recognise somebody: all that guests, and apps that asked for the basics, are told about others. */
const basicProperties: readonly string[] = [
  'id',
  'displayName',
  'givenName',
  'mail',
  'surname',
  'userPrincipalName',
  'userType',
] satisfies (keyof UserBody)[]

type Asking = Pick<Call<unknown>, 'caller'> & { system: Pick<System, 'now'> }

/** What of somebody the caller is told. Of oneself everything. */
export function shownOf({ caller, system }: Asking, id: string, select: readonly string[] | undefined): readonly string[] | undefined {
  if (id === caller.id || !missingFor(caller, 'users.read-all', system.now())) return select
  return select ? select.filter((name) => basicProperties.includes(name)) : basicProperties
}

/** A question is an answer too, when one may ask often enough. */
export function requireMayAsk({ caller, query, system }: Call<unknown>): void {
  const isBasic = propertiesAsked(query).every((name) => basicProperties.includes(name))
  if (!isBasic) requirePermission(caller, 'users.read-all', system.now())
}

function isUserProperty(name: string): name is keyof UserBody {
  return Object.hasOwn(properties, name)
}
