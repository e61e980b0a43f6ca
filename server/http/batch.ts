import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type BatchRequest, batch } from '#contract/graph/batch.ts'
import { refusals } from '#contract/refusals.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import type { Installation } from '#server/system.ts'
import { askingOf, authenticate } from './authenticate.ts'
import { readBody } from './read-body.ts'
import { errorBody } from './refusal-answer.ts'

/** What one request of a batch may say about itself. Whose it is, it may not: that is the batch's own token. */
const headersIn = ['content-type', 'prefer', 'consistencylevel', 'if-match', 'accept-language', 'client-request-id']

const headersOut = [
  'Content-Type',
  'Location',
  'ETag',
  'Allow',
  'Retry-After',
  'Preference-Applied',
  'WWW-Authenticate',
  'request-id',
  'client-request-id',
]

interface Answered {
  status: number
  headers: Readonly<Record<string, string>>
  /** JSON, as it is. */
  body: string | undefined
}

/** `POST /$batch`: up to twenty requests in one. Each comes in by the same doors as if it had come alone. */
export function mountBatch(app: FastifyInstance, installation: Installation, prefixes: readonly string[]): void {
  const { publicUrl, now } = installation.parts
  for (const prefix of prefixes) {
    const url = `${prefix}/$batch`
    app.route({
      method: 'POST',
      url,
      onRequest: async (request) => {
        request.identified = await authenticate(
          installation,
          request.headers.authorization,
          askingOf(request, installation.parts.publicUrl),
        )
      },
      handler: async (request, reply) => {
        const { requests } = readBody(batch, request.body)
        const answers = answersTo(inOrder(requests), (item) => answerOne(item, request))
        const parts = await Promise.all(requests.map(async ({ id }) => written(id, await answers.get(id))))
        return reply.type('application/json; charset=utf-8').send(`{"responses":[${parts.join(',')}]}`)
      },
    })

    async function answerOne(item: BatchRequest | undefined, request: FastifyRequest): Promise<Answered> {
      try {
        if (!item) refuse('dependency_failed')
        return await send(app, item, pathOf(item.url, publicUrl, prefix), request)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return {
          status: refusals[error.code].status,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(errorBody(error, request, now())),
        }
      }
    }
  }
}

/** The requests, each behind those it waits for. */
function inOrder(requests: readonly BatchRequest[]): BatchRequest[] {
  const ids = new Set<string>()
  for (const [index, { id }] of requests.entries()) {
    if (ids.has(id)) refuse('property_invalid', { property: `requests/${index}/id`, expected: 'an id that no other request has' })
    ids.add(id)
  }
  const ordered = new Map<string, BatchRequest>()
  let waiting = [...requests.entries()]
  while (waiting.length > 0) {
    const still = waiting.filter(([, { dependsOn = [] }]) => !dependsOn.every((id) => ordered.has(id)))
    const stuck = still.length === waiting.length ? still[0] : undefined
    if (stuck) {
      const property = `requests/${stuck[0]}/dependsOn`
      refuse('property_invalid', { property, expected: 'ids of other requests, none of which waits for this one' })
    }
    for (const [, item] of waiting.filter((each) => !still.includes(each))) ordered.set(item.id, item)
    waiting = still
  }
  return [...ordered.values()]
}

/** Starts all at once, so that what they write may share a commit; only those that wait for others come after them. */
function answersTo(
  ordered: readonly BatchRequest[],
  answer: (item: BatchRequest | undefined) => Promise<Answered>,
): ReadonlyMap<string, Promise<Answered>> {
  const answers = new Map<string, Promise<Answered>>()
  for (const item of ordered) {
    const awaited = (item.dependsOn ?? []).map((id) => answers.get(id))
    const isGoingWell = Promise.all(awaited).then((earlier) => earlier.every((each) => each && each.status < 400))
    answers.set(
      item.id,
      isGoingWell.then((goesWell) => answer(goesWell ? item : undefined)),
    )
  }
  return answers
}

/** Where the request goes: an address of this version of this API, and of nothing else that this server has. */
function pathOf(url: string, publicUrl: string, prefix: string): string {
  const base = publicUrl + prefix
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(url)
  const target = URL.parse(isAbsolute ? url : `${base}/${url.replace(/^\//, '')}`)
  // A user name with # in it, not escaped, would lose its end and mean somebody else.
  const isOurs = target?.origin === new URL(base).origin && target.pathname.startsWith(`${prefix}/`) && !url.includes('#')
  if (!isOurs || isBatch(target.pathname)) {
    return refuse('property_invalid', { property: 'url', expected: `an address below ${prefix}, other than $batch` })
  }
  return target.pathname + target.search
}

/** A batch inside a batch would multiply what one request may cost. The router reads letters that are written as `%62` too. */
function isBatch(path: string): boolean {
  return /\/\$batch(?:\/|$)/i.test(decoded(path))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // No door has such an address.
    return path
  }
}

async function send(app: FastifyInstance, item: BatchRequest, url: string, { headers, ip }: FastifyRequest): Promise<Answered> {
  const own = new Map(Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const hasBody = item.body !== undefined && item.body !== null
  if (hasBody && !own.has('content-type')) refuse('property_required', { property: 'headers/Content-Type' })
  const passedOn = ['host', 'authorization', 'accept-language', 'traceparent'].flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const told = headersIn.flatMap((name) => {
    const value = own.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const response = await app.inject({
    method: item.method,
    url,
    headers: Object.fromEntries([...passedOn, ...told]),
    remoteAddress: ip,
    ...(hasBody && { payload: JSON.stringify(item.body) }),
  })
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      headersOut.flatMap((name) => {
        const value = response.headers[name.toLowerCase()]
        return value === undefined ? [] : [[name, String(value)]]
      }),
    ),
    body: bodyOf(response.payload, response.rawPayload, String(response.headers['content-type'])),
  }
}

function bodyOf(text: string, bytes: Buffer, type: string): string | undefined {
  if (text === '') return undefined
  return type.startsWith('application/json') ? text : `"${bytes.toString('base64')}"`
}

function written(id: string, answered: Answered | undefined): string {
  if (!answered) throw new Error('a request of a batch without an answer')
  const head = JSON.stringify({ id, status: answered.status, headers: answered.headers })
  return answered.body === undefined ? head : `${head.slice(0, -1)},"body":${answered.body}}`
}
