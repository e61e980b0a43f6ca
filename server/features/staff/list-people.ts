import { everywhere } from '#contract/staff-location.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { factsOf } from './read-person.ts'
import { placesOf, type StaffFacts } from './rules.ts'

/** The people of a unit this manager looks after, or of all their units, by name. */
export async function listPeople(system: System, manager: Caller, locationId: string, asked: Query): Promise<Page<StaffFacts>> {
  const places = placesOf(manager)
  const query: Query = { ...asked, orderBy: { property: 'displayName', descending: false } }
  const page =
    locationId === everywhere && places === 'everywhere'
      ? await system.users.list(query)
      : await peopleOf(system, await unitsIn(system, places, locationId), query)
  const now = system.now()
  return { ...page, items: await Promise.all(page.items.map((user) => factsOf(system, user, now))) }
}

/** A unit that is another's is none here. */
async function unitsIn({ units }: System, places: ReturnType<typeof placesOf>, locationId: string): Promise<readonly string[]> {
  if (places !== 'everywhere' && locationId === everywhere) return places
  const isMine = places === 'everywhere' ? (await units.find(locationId)) !== undefined : places.includes(locationId)
  return isMine ? [locationId] : refuse('object_not_found', { id: locationId })
}

async function peopleOf({ memberships, users }: System, unitIds: readonly string[], query: Query): Promise<Page<User>> {
  const page = await memberships.list({ name: 'unitsMembers', unitIds }, ['user'], query)
  const people = await users.findMany(page.items.map(({ id }) => id))
  return { ...page, items: page.items.flatMap(({ id }) => people.get(id) ?? []) }
}
