import { useState } from 'react'
import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import { type ApiPath, api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { setting } from '../../kit/setting.ts'
import { type ListBody, useSignIns } from '../resources.ts'

interface AllSignIns {
  first: Resource<ListBody<OwnSignInBody>>
  /** All that were loaded, newest first. */
  items: readonly OwnSignInBody[]
  more: { isThere: boolean; isLoading: boolean; error: ApiError | undefined; load: () => void }
  markReported: (id: string, reportedDateTime: string) => void
}

type Kept = ReadonlyMap<string, OwnSignInBody>

/** The newest sign-ins, and the older ones page by page. Whatever was shown stays, also when newer ones push it off the first page. */
export function useAllSignIns(): AllSignIns {
  const first = useSignIns()
  const [kept, setKept] = useState<Kept>(new Map())
  const [next, setNext] = useState<{ link: string | undefined }>()
  const [isLoading, setLoading] = useState(false)
  const [error, setError] = useState<ApiError>()

  const all = together(kept, first.data?.value ?? [])
  const link = next ? next.link : first.data?.['@odata.nextLink']
  const load = async (from: string) => {
    setLoading(true)
    setError(undefined)
    try {
      const page = await api.get<ListBody<OwnSignInBody>>(pathOf(from))
      setKept(together(all, page.value))
      setNext({ link: page['@odata.nextLink'] })
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure)
    } finally {
      setLoading(false)
    }
  }
  return {
    first,
    items: [...all.values()].toSorted((one, other) => other.createdDateTime.localeCompare(one.createdDateTime)),
    more: { isThere: link !== undefined, isLoading, error, load: () => link !== undefined && void load(link) },
    markReported: (id, reportedDateTime) => {
      const meant = all.get(id)
      if (meant) setKept(together(all, [{ ...meant, reportedDateTime, canReport: false }]))
    },
  }
}

function together(kept: Kept, newer: readonly OwnSignInBody[]): Kept {
  return new Map([...kept, ...newer.map((one) => [one.id, one] as const)])
}

/** The API gives whole addresses; ours are paths. */
function pathOf(link: string): ApiPath {
  const path = link.slice(setting().publicUrl.length)
  if (!path.startsWith('/sesam/v1/')) throw new Error(`a next page at ${link}`)
  return `/sesam/v1/${path.slice('/sesam/v1/'.length)}`
}
