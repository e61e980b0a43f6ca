import { useEffect, useState } from 'react'
import { type ApiPath, api } from './api.ts'
import { ApiError } from './api-error.ts'
import { beginsWith, listPath } from './list-path.ts'
import type { ListBody } from './use-pages.ts'

/** Somebody, a group or an app, found by a name. */
export interface Found {
  /** Of an app its client id. */
  id: string
  kind: 'user' | 'group' | 'app'
  name: string
  /** What tells two of one name apart. */
  detail?: string | undefined
}

const restMs = 200
const shownMax = 8
const kindsFound = ['user', 'group', 'app'] as const

/** People, groups and apps whose name begins with what is typed, a moment after it was typed. */
export function useFoundObjects(typed: string, kinds: readonly Found['kind'][]): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([])
  const question = typed.trim()
  const wanted = kinds.join()
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(() => {
      const asked =
        question === '' ? [] : kindsFound.filter((kind) => wanted.split(',').includes(kind)).map((kind) => finders[kind](question))
      Promise.all(asked).then(
        (lists) => isOld || setFound(lists.flat()),
        (error: unknown) => {
          if (!(error instanceof ApiError)) throw error
          if (!isOld) setFound([])
        },
      )
    }, restMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [question, wanted])
  return found
}

const finders = { user: findUsers, group: findGroups, app: findApps } as const satisfies Record<
  Found['kind'],
  (typed: string) => Promise<Found[]>
>

async function findUsers(typed: string): Promise<Found[]> {
  const people = await first<{ id: string; displayName: string; userPrincipalName: string }>('/v1.0/users', {
    select: ['id', 'displayName', 'userPrincipalName'],
    filter: beginsWith(typed, 'displayName', 'userPrincipalName', 'surname'),
  })
  return people.map(({ id, displayName, userPrincipalName }) => ({ id, kind: 'user', name: displayName, detail: userPrincipalName }))
}

async function findGroups(typed: string): Promise<Found[]> {
  const groups = await first<{ id: string; displayName: string; description: string | null }>('/v1.0/groups', {
    select: ['id', 'displayName', 'description'],
    filter: beginsWith(typed, 'displayName'),
  })
  return groups.map(({ id, displayName, description }) => ({ id, kind: 'group', name: displayName, detail: description ?? undefined }))
}

async function findApps(typed: string): Promise<Found[]> {
  const apps = await first<{ appId: string; displayName: string }>('/v1.0/servicePrincipals', {
    select: ['appId', 'displayName'],
    filter: beginsWith(typed, 'displayName'),
  })
  return apps.map(({ appId, displayName }) => ({ id: appId, kind: 'app', name: displayName, detail: appId }))
}

async function first<T>(base: ApiPath, question: { select: readonly string[]; filter: string | undefined }): Promise<readonly T[]> {
  return (await api.get<ListBody<T>>(listPath(base, { ...question, top: shownMax }))).value
}
