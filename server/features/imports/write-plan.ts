import type { AuditEvent } from '#server/domain/audit-event.ts'
import type { Author } from '#server/domain/caller.ts'
import type { Outcome } from '#server/domain/import-run.ts'
import { maskedForLog } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { tellOfChange } from '#server/domain/tell-of-change.ts'
import { changedProperties } from '#server/domain/user-changes.ts'
import type { Stores } from '#server/system.ts'
import type { NumberPlan } from './plan-numbers.ts'
import type { Plan, PlannedPerson } from './plan-row.ts'

const source = { Source: 'Import' }

/** Writes what was planned, each change with its own event in the audit log. */
export async function writePlan(stores: Stores, author: Author, plan: Plan, now: Date): Promise<Outcome> {
  const { person, changes, numbers, groups } = plan
  if (!person.before) await addPerson(stores, author, plan, now)
  else if (Object.keys(changes).length > 0) await changePerson(stores, author, plan, now)
  for (const { id, displayName } of groups) {
    await stores.groupMembers.add(id, { ...person, kind: 'user' })
    const targets = [targetOf(person), { id, kind: 'Group', displayName }] as const
    await stores.audit.record(
      author,
      { activity: 'Add member to group', category: 'GroupManagement', operation: 'Assign', targets, details: source },
      now,
    )
  }
  for (const number of numbers) await setNumber(stores, author, person, number, now)
  return outcomeOf(plan)
}

export function outcomeOf({ person, changes, numbers, groups }: Plan): Outcome {
  if (!person.before) return 'created'
  return Object.keys(changes).length + numbers.length + groups.length > 0 ? 'updated' : 'unchanged'
}

async function addPerson({ users, audit }: Stores, author: Author, { person, changes }: Plan, now: Date): Promise<void> {
  const { id, userPrincipalName, displayName } = person
  const user = {
    accountEnabled: true,
    mailNickname: userPrincipalName.split('@')[0] ?? userPrincipalName,
    ...changes,
    id,
    userPrincipalName,
    displayName,
  }
  // The unique index knew better than we did a moment ago.
  if (!(await users.add(user, now))) refuse('changed_meanwhile')
  const { id: _, ...written } = user
  await audit.record(author, personEvent('Add user', 'Add', person, changedProperties(undefined, written)), now)
}

async function changePerson({ users, audit }: Stores, author: Author, { person, changes }: Plan, now: Date): Promise<void> {
  await users.change(person.id, changes, now)
  if (changes.accountEnabled === false) await users.endSessions(person.id, now)
  const { accountEnabled } = changes
  const activity = accountEnabled === undefined ? 'Update user' : accountEnabled ? 'Enable account' : 'Disable account'
  await audit.record(author, personEvent(activity, 'Update', person, changedProperties(person.before, changes)), now)
}

async function setNumber(stores: Stores, author: Author, person: PlannedPerson, plan: NumberPlan, now: Date): Promise<void> {
  const { phones, audit } = stores
  const { type, number, extension, before, signInWish, waitsForName } = plan
  const kept = before
    ? await phones.change(person.id, type, { number, extension, signInWish, waitsForName }, now)
    : await phones.add(
        { userId: person.id, type, number, extension, signInWish, isSignInName: signInWish === 'wanted' && !waitsForName },
        now,
      )
  if (!kept) refuse('changed_meanwhile')
  const activity = before ? 'Admin updated security info' : 'Admin registered security info'
  const [from, to] = [before ? maskedForLog(before.number) : null, maskedForLog(number)]
  const event = personEvent(activity, before ? 'Update' : 'Add', person, from === to ? [] : [{ name: 'PhoneNumber', from, to }])
  await audit.record(author, { ...event, details: { PhoneType: type, ...source } }, now)
  // Who is new here is known by nothing else yet.
  if (!person.before) return
  const kind = before ? 'phone-changed' : 'phone-added'
  const taken = before && before.number !== number ? { phone: before } : undefined
  await tellOfChange(stores, author, { kind, userId: person.id, detail: to, phoneType: type, given: number, taken }, now)
}

function personEvent(
  activity: string,
  operation: AuditEvent['operation'],
  person: PlannedPerson,
  changed: readonly { name: string; from: string | null; to: string | null }[],
): AuditEvent {
  return { activity, category: 'UserManagement', operation, targets: [{ ...targetOf(person), changed }], details: source }
}

function targetOf({ id, displayName, userPrincipalName }: PlannedPerson) {
  return { id, kind: 'User', displayName, userPrincipalName } as const
}
