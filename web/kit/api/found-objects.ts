import { useEffect, useState } from 'react'
import { type ApiPath, api } from './api.ts'
import { ApiError } from './api-error.ts'
import { beginsWith, listPath } from './list-path.ts'
import type { ListBody } from './use-pages.ts'

export type FoundKind = 'user' | 'group' | 'app'

/** What a picker of people and groups finds. */
export type Found = FoundOf<'user' | 'group'>

/** Somebody, a group or an app, found by a name. */
export interface FoundOf<Kind extends FoundKind> {
  /** Of an app its client id. */
  id: string
  kind: Kind
  name: string
  /** What tells two of one name apart. */
  detail?: string | undefined
}

const restMs = 200
const shownMax = 8
const kindsFound = ['user', 'group', 'app'] as const

/** People, groups and apps whose name begins with what is typed, a moment after it was typed. */
export function useFoundObjects<Kind extends FoundKind>(typed: string, kinds: readonly Kind[]): readonly FoundOf<Kind>[] {
  const [found, setFound] = useState<readonly FoundOf<FoundKind>[]>([])
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
  return found.filter((one): one is FoundOf<Kind> => kinds.some((kind) => kind === one.kind))
}

const finders: Readonly<Record<FoundKind, (typed: string) => Promise<FoundOf<FoundKind>[]>>> = {
  user: findUsers,
  group: findGroups,
  app: findApps,
}

async function findUsers(typed: string): Promise<FoundOf<'user'>[]> {
  const people = await first<{ id: string; displayName: string; userPrincipalName: string }>('/v1.0/users', {
    select: ['id', 'displayName', 'userPrincipalName'],
    filter: beginsWith(typed, 'displayName', 'userPrincipalName', 'surname'),
  })
  return people.map(({ id, displayName, userPrincipalName }) => ({ id, kind: 'user', name: displayName, detail: userPrincipalName }))
}

async function findGroups(typed: string): Promise<FoundOf<'group'>[]> {
  const groups = await first<{ id: string; displayName: string; description: string | null }>('/v1.0/groups', {
    select: ['id', 'displayName', 'description'],
    filter: beginsWith(typed, 'displayName'),
  })
  return groups.map(({ id, displayName, description }) => ({ id, kind: 'group', name: displayName, detail: description ?? undefined }))
}

async function findApps(typed: string): Promise<FoundOf<'app'>[]> {
  const apps = await first<{ appId: string; displayName: string }>('/v1.0/servicePrincipals', {
    select: ['appId', 'displayName'],
    filter: beginsWith(typed, 'displayName'),
  })
  return apps.map(({ appId, displayName }) => ({ id: appId, kind: 'app', name: displayName, detail: appId }))
}

async function first<T>(base: ApiPath, question: { select: readonly string[]; filter: string | undefined }): Promise<readonly T[]> {
  return (await api.get<ListBody<T>>(listPath(base, { ...question, top: shownMax }))).value
}
