import { useState } from 'react'
import { setting } from '../setting.ts'
import type { ApiPath } from './api.ts'
import { type Resource, useResource } from './use-resource.ts'

export interface ListBody<T> {
  value: readonly T[]
  '@odata.nextLink'?: string
}

export interface Pages<T> {
  page: Resource<ListBody<T>>
  /** Counted from 0. */
  number: number
  /** How many stand on the pages before this one. */
  before: number
  next: (() => void) | undefined
  previous: (() => void) | undefined
}

interface Turned {
  /** The question whose pages these are; another one begins at its first page. */
  of: ApiPath
  behind: readonly { path: ApiPath; rows: number }[]
  path: ApiPath
}

/** A list page by page, each behind the last row of the one before. */
export function usePages<T>(path: ApiPath): Pages<T> {
  const [kept, setTurned] = useState<Turned>({ of: path, behind: [], path })
  const turned = kept.of === path ? kept : { of: path, behind: [], path }
  const page = useResource<ListBody<T>>(turned.path)
  const next = page.data?.['@odata.nextLink']
  const rows = page.data?.value.length ?? 0
  const back = turned.behind.at(-1)
  return {
    page,
    number: turned.behind.length,
    before: turned.behind.reduce((sum, one) => sum + one.rows, 0),
    next:
      next === undefined
        ? undefined
        : () => setTurned({ of: path, behind: [...turned.behind, { path: turned.path, rows }], path: apiPathOf(next) }),
    previous: back && (() => setTurned({ of: path, behind: turned.behind.slice(0, -1), path: back.path })),
  }
}

/** The address of a next page is a whole one, of this very server. */
function apiPathOf(address: string): ApiPath {
  return address.slice(setting().publicUrl.length) as ApiPath // The API writes it; see answers.ts.
}
