import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Queryable } from '#contract/graph/queryable.ts'
import { requirePermission } from '#server/domain/decide.ts'
import type { Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { preferredLocale } from '#server/locale.ts'
import type { Installation } from '#server/system.ts'
import { askingOf, authenticate, type Identified } from './authenticate.ts'
import { requireProof } from './fresh-proof.ts'
import { parseQuery } from './odata/query.ts'
import { preferencesIn } from './preferences.ts'
import { readBody } from './read-body.ts'
import { clientRequestId } from './refusal-answer.ts'
import { type Call, isAboutSelf, type Route } from './route.ts'
import { SkipTokens } from './skip-token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identified: Identified | undefined
  }
}

const nothingToAsk: Queryable = { properties: {}, selectable: [], topMax: 1, topDefault: 1 }
const noQuery: Query = {
  filter: undefined,
  search: undefined,
  orderBy: undefined,
  select: undefined,
  expand: [],
  top: 1,
  count: false,
  after: undefined,
}

/** Hangs the doors of the management API into the server, under each prefix. */
export function mountGraph(app: FastifyInstance, installation: Installation, routes: readonly Route[], prefixes: readonly string[]): void {
  const skipTokens = new SkipTokens(installation.parts.masterKey.derive('skip tokens'))
  const mount = (doors: FastifyInstance, row: Route, prefix: string) =>
    doors.route({
      method: row.method,
      url: prefix + row.path,
      onRequest: async (request) => {
        request.identified = await letIn(installation, row, request)
      },
      handler: (request, reply) => answer(installation, skipTokens, row, prefix, request, reply),
      ...(row.takesTable && { bodyLimit: tableMaxBytes }),
      ...(row.bodyMaxBytes !== undefined && { bodyLimit: row.bodyMaxBytes }),
    })
  for (const prefix of prefixes) for (const row of routes) if (!row.takesPicture && !row.takesTable) mount(app, row, prefix)
  // Nowhere else is a picture read, so that a large one is refused before it has come in.
  app.register(async (doors) => {
    doors.addContentTypeParser(
      ['image/png', 'image/jpeg'],
      { parseAs: 'buffer' },
      async (_request: unknown, bytes: string | Buffer) => bytes,
    )
    for (const prefix of prefixes) for (const row of routes) if (row.takesPicture) mount(doors, row, prefix)
  })
  app.register(async (doors) => {
    doors.addContentTypeParser('text/csv', { parseAs: 'buffer' }, async (_request: unknown, bytes: string | Buffer) => tableIn(bytes))
    for (const prefix of prefixes) for (const row of routes) if (row.takesTable) mount(doors, row, prefix)
  })
}

async function letIn(installation: Installation, row: Route, request: FastifyRequest): Promise<Identified> {
  const { authorization } = request.headers
  const identified = await authenticate(installation, authorization, askingOf(request, installation.parts.publicUrl))
  if (identified.caller.isApp && isAboutSelf(row)) refuse('me_needs_person')
  requirePermission(identified.caller, row.permission, installation.parts.now())
  await requireProof(row, identified, paramsOf(request))
  return identified
}

async function answer(
  installation: Installation,
  skipTokens: SkipTokens,
  row: Route,
  prefix: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { system, caller } = request.identified ?? refuse('token_missing')
  const base = installation.parts.publicUrl + prefix
  const { query, nextLink } = readQuery(row, request, { system, caller }, skipTokens, base)
  const call: Call<unknown> = {
    system,
    caller,
    params: { ...paramsOf(request), ...(isAboutSelf(row) && { id: caller.id }) },
    query,
    body: row.body ? readBody(row.body, request.body) : undefined,
    picture: row.takesPicture ? readPicture(request.body) : noPicture,
    locale: preferredLocale(request.headers['accept-language']),
    prefers: preferencesIn(request.headers.prefer),
    ifMatch: request.headers['if-match'],
    base,
    nextLink,
  }
  const { status, body, headers } = await row.handle(call)
  const named = clientRequestId(request)
  if (named) reply.header('client-request-id', named)
  reply.status(status).headers({ ...headers })
  if (body === undefined) return reply.send()
  if (body instanceof Buffer || body instanceof Readable) return reply.send(body)
  if (row.answers.text) return reply.type('text/plain; charset=utf-8').send(String(body))
  return reply.type('application/json; odata.metadata=minimal; charset=utf-8').send(JSON.stringify(body))
}

const noPicture = Buffer.alloc(0)

/** Five MiB of a file, and what JSON needs to quote it. */
const tableMaxBytes = 6 * 1024 * 1024

function tableIn(bytes: string | Buffer): { csv: string } | undefined {
  if (bytes.length === 0) return undefined
  if (bytes instanceof Buffer && !isUtf8(bytes)) refuse('import_not_utf8', { row: '1' })
  return { csv: bytes.toString() }
}

function readPicture(body: unknown): Buffer {
  if (body === undefined) refuse('body_missing')
  return body instanceof Buffer ? body : refuse('body_wrong_type')
}

function readQuery(row: Route, request: FastifyRequest, { system, caller }: Identified, skipTokens: SkipTokens, base: string) {
  const at = request.url.indexOf('?')
  const path = at < 0 ? request.url : request.url.slice(0, at)
  if (at < 0 && !row.answers.list) return { query: noQuery, nextLink: noNextLink }

  const params = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
  const eventual = String(request.headers.consistencylevel).toLowerCase() === 'eventual'
  const { skipToken, ...query } = parseQuery(row.queryable ?? nothingToAsk, params, { eventual })
  params.delete('$skiptoken')
  const question = `${path}?${params}`
  const owner = { tenantId: system.organization.id, callerId: caller.id, question }
  const after = skipToken === undefined ? undefined : skipTokens.open(skipToken, owner, system.now())
  return {
    query: { ...query, after },
    nextLink: (end: NonNullable<Query['after']>) => {
      const next = new URLSearchParams(params)
      next.set('$skiptoken', skipTokens.seal(end, owner, system.now()))
      return `${new URL(base).origin}${path}?${next}`
    },
  }
}

function paramsOf(request: FastifyRequest): Record<string, string> {
  // Fastify types parameters by route; they are the named parts of the path, as text.
  const params = request.params as Record<string, string>
  // PostgreSQL keeps no text with a NUL in it and fails when asked for one; nothing here is called so.
  if (Object.values(params).some((value) => value.includes('\0'))) refuse('path_unknown')
  return params
}

function noNextLink(): never {
  throw new Error('this door has no pages')
}
