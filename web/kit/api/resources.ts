import type { ApiPath } from './api.ts'
import { ApiError } from './api-error.ts'

/** One path as the pages see it. A new object with every change, so that React notices. */
export interface Snapshot {
  data: unknown
  error: ApiError | undefined
  isLoading: boolean
}

interface Entry {
  snapshot: Snapshot
  listeners: Set<() => void>
  /** Of the newest question; the answer to an older one is thrown away. */
  asked: number
}

type Ask = (path: ApiPath) => Promise<unknown>

const entries = new Map<ApiPath, Entry>()
const nothing: Snapshot = { data: undefined, error: undefined, isLoading: true }
let ask: Ask = () => Promise.reject(new Error('nobody answers yet'))

/** How a path is asked for. Handed in, since whoever asks also forgets. */
export function answerResourcesWith(how: Ask): void {
  ask = how
}

export function watchResource(path: ApiPath, listener: () => void): () => void {
  const entry = entryOf(path)
  entry.listeners.add(listener)
  if (entry.asked === 0) void load(path)
  return () => entry.listeners.delete(listener)
}

export function snapshotOf(path: ApiPath): Snapshot {
  return entries.get(path)?.snapshot ?? nothing
}

/** Asks again and shows what was there until the answer comes. */
export async function load(path: ApiPath): Promise<void> {
  const entry = entryOf(path)
  entry.asked++
  const question = entry.asked
  tell(entry, { ...entry.snapshot, isLoading: true })
  const next = await ask(path).then(
    (data): Snapshot => ({ data, error: undefined, isLoading: false }),
    (error: unknown): Snapshot => ({ data: entry.snapshot.data, error: toApiError(error), isLoading: false }),
  )
  if (question === entry.asked) tell(entry, next)
}

/** Something was changed: what somebody looks at is asked for again, the rest when it is looked at. */
export function forgetResources(): void {
  for (const [path, { listeners }] of entries) {
    if (listeners.size > 0) void load(path)
    else entries.delete(path)
  }
}

function entryOf(path: ApiPath): Entry {
  const entry = entries.get(path) ?? { snapshot: nothing, listeners: new Set(), asked: 0 }
  entries.set(path, entry)
  return entry
}

function tell(entry: Entry, snapshot: Snapshot): void {
  entry.snapshot = snapshot
  for (const listener of entry.listeners) listener()
}

function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(String(error), { code: 'internal_error', status: 500 })
}
