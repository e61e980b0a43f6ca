import { randomUUID } from 'node:crypto'
import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import type { Group } from '#server/domain/group.ts'
import type { Note } from '#server/domain/import-run.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User, UserChanges } from '#server/domain/user.ts'
import { actsIn, refuseForeignDomain } from '#server/domain/user-changes.ts'
import type { Stores } from '#server/system.ts'
import type { BatchFacts } from './batch-facts.ts'
import type { NumberBook } from './number-book.ts'
import { type NumberPlan, planNumbers } from './plan-numbers.ts'
import type { WantedPerson } from './read-person.ts'

/** Everything that a row comes to, decided before anything is written. */
export interface Plan {
  person: PlannedPerson
  changes: UserChanges
  numbers: readonly NumberPlan[]
  groups: readonly Group[]
  notes: readonly Note[]
}

export type PlannedPerson = Pick<User, 'id' | 'userPrincipalName' | 'displayName' | 'userType'> & { before: User | undefined }

export interface Importing {
  /** Undefined where the server itself brings people in. */
  caller: Caller | undefined
  existing: 'update' | 'skip'
  book: NumberBook
  now: Date
}

export async function planRow(
  stores: Stores,
  facts: BatchFacts,
  importing: Importing,
  wanted: WantedPerson,
  row: number,
): Promise<Plan | 'skipped'> {
  const before = facts.personNamed(wanted.userPrincipalName)
  if (before && importing.existing === 'skip') return 'skipped'
  const person = before ? { ...before, before } : newPerson(facts, wanted)
  const changes = before ? differing(before, wanted.changes) : wanted.changes
  const groups = await facts.groupsNamed(wanted.groups, importing.caller)
  const joined: Group[] = []
  for (const group of groups) if (!before || !(await stores.groupMembers.has(group.id, before.id))) joined.push(group)
  const { numbers, notes } = await planNumbers({ stores, facts, importing, row }, person, wanted, joined)
  if (importing.caller) await requireMayAll(stores, importing.caller, { person, changes, numbers }, importing.now)
  if (before && changes.accountEnabled === false && (await stores.roles.leavesNoGlobalAdministrator([person.id])))
    refuse('last_global_administrator')
  return { person, changes, numbers, groups: joined, notes }
}

function newPerson(facts: BatchFacts, { userPrincipalName, changes }: WantedPerson): PlannedPerson {
  refuseForeignDomain(userPrincipalName, facts.domains)
  const names = [changes.givenName, changes.surname].filter((name) => name !== undefined)
  const displayName = changes.displayName ?? (names.join(' ') || refuse('property_required', { property: 'displayName' }))
  return { id: randomUUID(), userPrincipalName, displayName, userType: 'Member', before: undefined }
}

function differing(user: User, changes: UserChanges): UserChanges {
  return Object.fromEntries(Object.entries(changes).filter(([property, value]) => Reflect.get(user, property) !== value))
}

/** The rules of single changes hold for each of many. Whoever is new holds nothing yet, so only the numbers ask for more than the door did. */
async function requireMayAll(
  { authority }: Stores,
  caller: Caller,
  { person, changes, numbers }: Pick<Plan, 'person' | 'changes' | 'numbers'>,
  now: Date,
): Promise<void> {
  const acts = [...(person.before ? actsIn(changes) : []), ...(numbers.length > 0 ? (['manage-methods'] as const) : [])]
  if (acts.length === 0) return
  const nothing = { id: person.id, roles: [], inRoleAssignableGroup: false, unitIds: [], restrictedUnitIds: [] }
  requireMay(caller, acts, person.before ? await authority.targetOf(person.id) : nothing, now)
}
