import { randomUUID } from 'node:crypto'
import { skus } from '#contract/graph/skus.ts'
import type { Author } from '#server/domain/caller.ts'
import type { Member } from '#server/domain/directory-object.ts'
import { everybody } from '#server/domain/method-policy.ts'
import { parsePhoneNumber } from '#server/domain/phone-number.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'
import type { Installation, Stores } from '#server/system.ts'
import { keepSampleApp } from './evaluation-app.ts'
import { domain, type EvaluationPerson, licencePartNumber, people, smsGroup } from './evaluation-people.ts'

const stores = ['Utrecht', 'Malmö'] as const
const author: Author = { author: { kind: 'server', name: 'evaluate' }, requestId: randomUUID() }

/** Makes the sample organisation, unless it is there already, and its sample app. */
export async function makeEvaluationOrganisation(installation: Installation): Promise<void> {
  if (!(await installation.tenants.findIdByDomain(domain))) await makeOrganisation(installation)
  await keepSampleApp(installation)
}

async function makeOrganisation(installation: Installation): Promise<void> {
  const system = await installation.addTenant({
    displayName: 'Contoso',
    defaultCountry: 'NL',
    languages: ['en', 'nl', 'sv'],
    domains: [domain],
  })
  const hashes = new Map<string, string>()
  for (const { name, password } of people) if (password) hashes.set(name, await system.passwords.hash(password))
  await system.inTransaction((parts) => fill(parts, hashes, system.now()))
  system.reload()
}

async function fill(parts: Stores, hashes: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const ids = new Map(people.map((person) => [person.name, randomUUID()]))
  const idOf = (person: EvaluationPerson) => ids.get(person.name) ?? randomUUID()
  for (const person of people) await addPerson(parts, person, { id: idOf(person), hash: hashes.get(person.name) }, now)
  await addStores(parts, idOf, now)
  const groupId = await addSmsGroup(
    parts,
    people.filter(worksInStore).map((person) => memberOf(person, idOf(person))),
    now,
  )
  await letSignInByText(parts, groupId)
  await letBeCalled(parts)
  await letInByPass(parts)
  await letResetByMail(parts, people.filter(({ lacksEmail }) => lacksEmail).map(idOf))
  await addLicences(parts, people.filter(({ guest }) => !guest).map(idOf), now)
  for (const person of people) {
    if (person.role && !person.managesStore) await giveRole(parts, idOf(person), person.role, { kind: 'tenant' }, now)
  }
  const event = { activity: 'Set Company Information', category: 'DirectoryManagement', operation: 'Add', targets: [] } as const
  await parts.audit.record(author, { ...event, details: { made: 'the evaluation organisation' } }, now)
}

async function addPerson(
  { users, phones }: Stores,
  person: EvaluationPerson,
  { id, hash }: { id: string; hash: string | undefined },
  now: Date,
): Promise<void> {
  const [givenName = '', ...surname] = person.displayName.split(' ')
  await users.add(
    {
      id,
      userPrincipalName: `${person.name}@${domain}`,
      displayName: person.displayName,
      mailNickname: person.name,
      accountEnabled: true,
      givenName,
      surname: surname.join(' '),
      jobTitle: person.jobTitle,
      preferredLanguage: { en: 'en-GB', nl: 'nl-NL', sv: 'sv-SE' }[person.language],
      usageLocation: person.language === 'sv' ? 'SE' : 'NL',
      userType: person.guest ? 'Guest' : 'Member',
      ...(hash !== undefined && { password: { hash, mustChange: false } }),
      ...(person.store && { department: `Store ${person.store}`, officeLocation: person.store }),
    },
    now,
  )
  const parsed = parsePhoneNumber(person.number ?? '')
  if (parsed.kind !== 'number') return
  const named = person.role
    ? ({ isSignInName: false, signInWish: 'never tried' } as const)
    : ({ isSignInName: true, signInWish: 'wanted' } as const)
  await phones.add({ userId: id, type: 'mobile', number: parsed.number, ...named }, now)
}

async function addStores(parts: Stores, idOf: (person: EvaluationPerson) => string, now: Date): Promise<void> {
  for (const store of stores) {
    const unitId = randomUUID()
    const unit = {
      id: unitId,
      displayName: `Store ${store}`,
      description: `Everybody who works in ${store}`,
      visibility: undefined,
      isRestricted: false,
    }
    await parts.units.add(unit, now)
    for (const person of people.filter((one) => one.store === store)) {
      await parts.units.addMember(unitId, memberOf(person, idOf(person)))
      if (person.managesStore && person.role) await giveRole(parts, idOf(person), person.role, { kind: 'unit', unitId }, now)
    }
  }
}

function memberOf({ name, displayName }: EvaluationPerson, id: string): Member {
  return { id, kind: 'user', displayName, userPrincipalName: `${name}@${domain}` }
}

function worksInStore(person: EvaluationPerson): boolean {
  return person.store !== undefined && !person.managesStore
}

async function addSmsGroup({ groups, groupMembers }: Stores, members: readonly Member[], now: Date): Promise<string> {
  const id = randomUUID()
  const group = {
    id,
    displayName: smsGroup,
    description: 'People who sign in with a phone number',
    mailNickname: 'sms-users',
    isAssignableToRole: false,
  }
  await groups.add(group, now)
  for (const member of members) await groupMembers.add(id, member)
  return id
}

/** The group signs in so; for everybody else a text is the second of two factors. */
async function letSignInByText({ methodPolicies }: Stores, groupId: string): Promise<void> {
  const target = { kind: 'group', isExcluded: false } as const
  const targets = [
    { ...target, id: groupId, isUsableForSignIn: true },
    { ...target, id: everybody, isUsableForSignIn: false },
  ]
  await methodPolicies.set('sms', { isEnabled: true, targets, settings: {} })
}

/** Everybody, at work too, and in the two countries its people are from: a call costs nothing here. */
async function letBeCalled({ methodPolicies, settings }: Stores): Promise<void> {
  const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: false } as const
  await methodPolicies.set('voice', { isEnabled: true, targets: [target], settings: { isOfficePhoneAllowed: true } })
  await settings.set({ ...(await settings.get()), callCountries: ['NL', 'SE'] })
}

/** Everybody, for a shift at most: who has no phone yet, or left it at home, gets in with what their manager hands them. */
async function letInByPass({ methodPolicies }: Stores): Promise<void> {
  const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: true } as const
  await methodPolicies.set('temporary-access-pass', { isEnabled: true, targets: [target], settings: {} })
}

/** Everybody may have an address; some have to, and are asked for it as they sign in. */
async function letResetByMail({ methodPolicies }: Stores, askedIds: readonly string[]): Promise<void> {
  const target = { isExcluded: false, isUsableForSignIn: false } as const
  const asked = askedIds.map((id) => ({ ...target, kind: 'user', id, isRegistrationRequired: true }) as const)
  await methodPolicies.set('email', { isEnabled: true, targets: [{ ...target, kind: 'group', id: everybody }, ...asked], settings: {} })
}

/** One licence short, so that what a shortfall looks like can be seen. */
async function addLicences({ licences }: Stores, userIds: readonly string[], now: Date): Promise<void> {
  for (const sku of skus.filter(({ partNumber }) => partNumber === licencePartNumber)) {
    await licences.addSku({ id: sku.id, partNumber: sku.partNumber, plans: sku.plans, enabledUnits: userIds.length - 1 })
    for (const userId of userIds.slice(0, -1)) await licences.assign(userId, sku.id, [], now)
  }
}

async function giveRole(
  { roles }: Stores,
  principalId: string,
  role: NonNullable<EvaluationPerson['role']>,
  scope: RoleScope,
  now: Date,
): Promise<void> {
  await roles.add({ id: randomUUID(), roleId: roleIdOf(role), principalId, principalKind: 'user', scope }, now)
}
