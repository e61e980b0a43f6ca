import type { z } from 'zod'
import type { Queryable } from '#contract/graph/queryable.ts'
import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { PermissionName } from '#server/domain/permissions.ts'
import type { Query } from '#server/domain/query.ts'
import type { System } from '#server/system.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request that is let in: whose it is, what it asks, and the house it may use. */
export interface Call<Body = undefined> {
  system: System
  caller: Caller
  params: Readonly<Record<string, string>>
  query: Query
  body: Body
  /** Where the row takes one; empty anywhere else. */
  picture: Buffer
  /** What the caller reads, for sentences in answers. */
  locale: Locale
  /** What was asked for in `Prefer`, in small letters: `return=representation`, `mfa-only`. Which were kept, the door tells in `Preference-Applied`. */
  prefers: ReadonlySet<string>
  /** What the caller was shown and means to change, where they say so in `If-Match`. */
  ifMatch: string | undefined
  /** Where this API is, version included; links in answers begin with it. */
  base: string
  /** The address of the page after this one. */
  nextLink(end: NonNullable<Query['after']>): string
}

export interface Answer {
  status: number
  body?: unknown
  headers?: Readonly<Record<string, string>>
}

interface RouteRow<Body> {
  method: Method
  path: string
  permission: PermissionName
  /** What it does, in a few words: the line in the API reference. */
  summary: string
  /** The query options it understands; without it, none. */
  queryable?: Queryable
  body?: z.ZodType<Body>
  /** A PNG or JPEG comes in place of JSON. */
  takesPicture?: true
  /** A CSV file may come in place of JSON, as what would be its property `csv`; and both may be long. */
  takesTable?: true
  /** For a body that is longer than others. */
  bodyMaxBytes?: number
  /**
   * Who changes what they prove themselves with here has proven themselves a few minutes ago: before this request, or before the challenge it
   * answers was begun. An administrator who changes somebody else's is not asked.
   */
  freshProof?: 'now' | 'when begun'
  /** What a good answer carries, for the API reference. */
  answers: { status: 200 | 201 | 202 | 204; schema?: z.ZodType; list?: true; text?: true; picture?: true; csv?: true }
  handle(call: Call<Body>): Promise<Answer>
}

/** A door of the management API. There is no door without a permission. */
export type Route = RouteRow<unknown>

export function route<Body = undefined>(row: RouteRow<Body>): Route {
  // Only the kernel calls `handle`, and only with what this row's own schema let through.
  return row as Route
}

/** The same door for oneself: `/users/{id}/…` becomes `/me/…`, where the id is the caller's own. */
export function forSelfToo(permission: PermissionName, row: Route): Route[] {
  return [row, { ...row, permission, path: row.path.replace('/users/:id', '/me') }]
}

export function isAboutSelf(row: Route): boolean {
  return row.path === '/me' || row.path.startsWith('/me/')
}
