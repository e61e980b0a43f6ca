import { createHash } from 'node:crypto'
import { refuse } from '#server/domain/refusal.ts'

/** One text for one meaning, in whatever order properties come, or the targets of a list. */
export function canonical(value: unknown): string {
  return JSON.stringify(ordered(value)) ?? 'null'
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered)
    return items.every(hasId) ? items.toSorted((one, other) => (one.id < other.id ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, ordered(each)]),
  )
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}

/** What a reader was shown, in short: it is another one as soon as anything is. */
export function versionOf(shown: Readonly<Record<string, unknown>>): string {
  return `"${createHash('sha256').update(canonical(shown)).digest('base64url').slice(0, 22)}"`
}

/** Who says what they were shown only changes that, so that of two who save at once the second does not silently undo the first (RFC 9110 §13.1.1). */
export function requireVersion(shown: Readonly<Record<string, unknown>>, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const known = ifMatch.split(',').map((version) => version.trim())
  if (!known.includes(versionOf(shown))) refuse('changed_since_read')
}
