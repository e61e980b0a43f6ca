/** Names are compared without case; what goes on into the tree is always the spelling of the allow-list, never the client's. */

type Declared = readonly string[] | Readonly<Record<string, unknown>>

const spellings = new WeakMap<Declared, ReadonlyMap<string, string>>()

export function findSpelling(declared: Declared, typed: string): string | undefined {
  return spellingsOf(declared).get(typed.toLowerCase())
}

// A map, so that `constructor` and `__proto__` are unknown names like any other.
function spellingsOf(declared: Declared): ReadonlyMap<string, string> {
  const known = spellings.get(declared)
  if (known !== undefined) return known

  const names = isList(declared) ? declared : Object.keys(declared)
  const made = new Map(names.map((name) => [name.toLowerCase(), name]))
  spellings.set(declared, made)
  return made
}

function isList(declared: Declared): declared is readonly string[] {
  return Array.isArray(declared)
}

/** What a refusal offers instead. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
