import type { z } from 'zod'
import { batch, batchAnswers } from '#contract/graph/batch.ts'
import type { Queryable } from '#contract/graph/queryable.ts'
import { type PermissionName, permissions } from '#server/domain/permissions.ts'
import type { Method, Route } from './route.ts'

/** What can be asked of the API, as it is told to those who ask. */
export interface Operation {
  /** Unique, and the name of the function in a generated client. */
  id: string
  method: Method
  /** With `{id}` where a name or number goes. */
  path: string
  /** The first word of the path. */
  group: string
  summary: string
  /** None: any token will do. */
  permission: PermissionName | undefined
  /** One of these is needed. None: any token will do. */
  scopes: readonly string[]
  who: 'anyone signed in' | 'members' | 'roles'
  /** One of these is needed where `who` says roles. */
  roles: readonly string[]
  queryable: Queryable | undefined
  body: z.ZodType | undefined
  answers: Route['answers']
}

const batchOperation: Operation = {
  ...named('POST', '/$batch'),
  summary: 'Send up to 20 requests in one',
  permission: undefined,
  scopes: [],
  who: 'anyone signed in',
  roles: [],
  queryable: undefined,
  body: batch,
  answers: { status: 200, schema: batchAnswers },
}

export function operationsOf(routes: readonly Route[]): Operation[] {
  const operations = routes.map(({ method, path, permission, summary, queryable, body, answers }) => {
    const { scopes, who } = permissions[permission]
    const holders = typeof who === 'string' ? { who, roles: [] } : { who: 'roles' as const, roles: who.roles }
    return { ...named(method, path), summary, permission, scopes, ...holders, queryable, body, answers }
  })
  return [...operations, batchOperation]
}

export function parametersIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

/** `GET /users/:id/manager` is `getUsersByIdManager`. */
function named(method: Method, path: string) {
  const words = path.replaceAll(':', ' by ').match(/[A-Za-z0-9]+/g) ?? []
  return {
    id: method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    group: words[0] ?? '',
  }
}
