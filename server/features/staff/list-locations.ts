import { everywhere } from '#contract/staff-location.ts'
import type { Unit } from '#server/domain/administrative-unit.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Page, Query } from '#server/domain/query.ts'
import type { Stores } from '#server/system.ts'
import { placesOf } from './rules.ts'

export interface Location {
  id: string
  unit: Pick<Unit, 'displayName' | 'description'> | undefined
}

const everybody: Location = { id: everywhere, unit: undefined }

/** The units a manager looks after; before them, where there is not just one, all their people together. */
export async function listLocations({ units }: Pick<Stores, 'units'>, manager: Caller, query: Query): Promise<Page<Location>> {
  const places = placesOf(manager)
  if (places === 'everywhere') {
    const page = await units.list(query)
    const shown = page.items.map(locationOf)
    return { ...page, items: query.after ? shown : [everybody, ...shown] }
  }
  const found = [...(await units.findMany(places)).values()].map(locationOf)
  found.sort((one, other) => (one.unit?.displayName ?? '').localeCompare(other.unit?.displayName ?? ''))
  return { items: found.length > 1 ? [everybody, ...found] : found, count: undefined, end: undefined }
}

function locationOf(unit: Unit): Location {
  return { id: unit.id, unit }
}
