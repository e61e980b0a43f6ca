import { useCallback, useSyncExternalStore } from 'react'
import type { ApiPath } from './api.ts'
import type { ApiError } from './api-error.ts'
import { load, snapshotOf, watchResource } from './resources.ts'

export interface Resource<T> {
  data: T | undefined
  error: ApiError | undefined
  /** Nothing to show yet. */
  isLoading: boolean
  /** Something to show, and being asked for again. */
  isRefreshing: boolean
  reload(): void
}

/** What stands at a path of the API, shared by all who look at it and asked for again after every change. */
export function useResource<T>(path: ApiPath): Resource<T> {
  const watch = useCallback((listener: () => void) => watchResource(path, listener), [path])
  const { data, error, isLoading } = useSyncExternalStore(watch, () => snapshotOf(path))
  const known = data as T | undefined // What stands at a path is what the contract says; see api.ts.
  return {
    data: known,
    error,
    isLoading: isLoading && data === undefined,
    isRefreshing: isLoading && data !== undefined,
    reload: () => void load(path),
  }
}
