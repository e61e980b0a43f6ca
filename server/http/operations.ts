import type { z } from 'zod'
import { batch, batchAnswers } from '#contract/graph/batch.ts'
import type { Queryable } from '#contract/graph/queryable.ts'
import { isForPeopleOnly, type PermissionName, permissions } from '#server/domain/permissions.ts'
import { isAboutSelf, type Method, type Route } from './route.ts'

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
  /** Whether an app that has one of the scopes as its own permission may use it without a person. */
  opensToApps: boolean
  /** For oneself it takes a sign-in of a few minutes ago. */
  needsFreshProof: boolean
  queryable: Queryable | undefined
  body: z.ZodType | undefined
  takesPicture: boolean
  takesTable: boolean
  /** Its path is whole; those of Graph stand under each version. */
  isOurOwn: boolean
  answers: Route['answers']
}

const batchOperation: Operation = {
  ...named('POST', '/$batch'),
  summary: 'Send up to 20 requests in one',
  permission: undefined,
  scopes: [],
  who: 'anyone signed in',
  roles: [],
  opensToApps: true,
  needsFreshProof: false,
  queryable: undefined,
  body: batch,
  takesPicture: false,
  takesTable: false,
  isOurOwn: false,
  answers: { status: 200, schema: batchAnswers },
}

/** Those of Graph, and behind them those it has no address for, which stand under a prefix of their own. */
export function operationsOf(graph: readonly Route[], own: readonly Route[] = [], ownPrefix = ''): Operation[] {
  return [
    ...graph.map((row) => operationOf(row, row.path, false)),
    batchOperation,
    ...own.map((row) => operationOf(row, ownPrefix + row.path, true)),
  ]
}

function operationOf(row: Route, path: string, isOurOwn: boolean) {
  const { method, permission, summary, freshProof, queryable, body, takesPicture, takesTable, answers } = row
  const { scopes, who } = permissions[permission]
  const holders = typeof who === 'string' ? { who, roles: [] } : { who: 'roles' as const, roles: who.roles }
  return {
    ...named(method, path),
    summary,
    permission,
    scopes,
    ...holders,
    opensToApps: !isAboutSelf(row) && !isForPeopleOnly(permission),
    needsFreshProof: freshProof !== undefined,
    queryable,
    body,
    takesPicture: takesPicture === true,
    takesTable: takesTable === true,
    isOurOwn,
    answers,
  }
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
