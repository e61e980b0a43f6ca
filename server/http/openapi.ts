import type { FastifyInstance } from 'fastify'
import type { Queryable } from '#contract/graph/queryable.ts'
import { freshProofSeconds } from '#server/domain/fresh-proof.ts'
import { componentsOf, type SchemaNames } from './openapi-schemas.ts'
import { type Operation, parametersIn } from './operations.ts'

type Json = Readonly<Record<string, unknown>>

export const openapiPath = '/openapi.json'

/** Serves the description of the API. It is made when somebody first asks for it. */
export function mountOpenapi(app: FastifyInstance, operations: readonly Operation[], servers: readonly string[], publicUrl: string): void {
  let text: string | undefined
  app.get(openapiPath, { exposeHeadRoute: true }, async (_request, reply) => {
    text ??= JSON.stringify(openapi(operations, servers, publicUrl))
    return reply.header('cache-control', 'public, max-age=300').type('application/json; charset=utf-8').send(text)
  })
}

/** OpenAPI 3.1, from the same rows the doors are made of. */
export function openapi(operations: readonly Operation[], servers: readonly string[], publicUrl: string): Json {
  const { schemas, nameOf } = componentsOf(operations)
  const paths = Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, here]) => [
      path,
      {
        ...(here.some(({ isOurOwn }) => isOurOwn) && { servers: [{ url: publicUrl }] }),
        ...Object.fromEntries(here.map((operation) => [operation.method.toLowerCase(), described(operation, nameOf)])),
      },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sesam',
      version: '1.0',
      description: 'The management API, in the shapes of Microsoft Graph. Both versions answer alike.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: servers.map((url) => ({ url })),
    security: [{ bearer: [] }],
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { ...schemas, error },
      responses: { error: { description: 'A refusal, with its reason', content: { 'application/json': { schema: ref('error') } } } },
    },
  }
}

const error = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'innerError'],
      properties: {
        code: { type: 'string', description: 'What kind of refusal, in Graph’s words' },
        message: { type: 'string', description: 'For people, in the language of Accept-Language' },
        details: {
          type: 'array',
          items: {
            type: 'object',
            properties: { code: { type: 'string' }, message: { type: 'string' }, target: { type: 'string' } },
          },
        },
        innerError: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
}

const picture = Object.fromEntries(['image/png', 'image/jpeg'].map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))

const table = { 'text/csv': { schema: { type: 'string' } } }

function described(operation: Operation, nameOf: SchemaNames): Json {
  const { id, path, group, summary, scopes, who, roles, opensToApps, queryable, body, takesPicture, takesTable } = operation
  const bodySchema = body && nameOf(body)
  return {
    operationId: id,
    tags: [group],
    summary,
    description: whoMay(operation),
    'x-scopes': scopes,
    'x-roles': who === 'roles' ? roles : [who],
    'x-opens-to-apps': opensToApps,
    parameters: [
      ...parametersIn(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(queryable ? queryOptions(queryable, operation.answers.list === true || operation.answers.text === true) : []),
    ],
    ...(takesPicture && { requestBody: { required: true, content: picture } }),
    ...(body &&
      bodySchema && {
        requestBody: {
          required: !body.safeParse(undefined).success,
          content: { 'application/json': { schema: ref(bodySchema) }, ...(takesTable && table) },
        },
      }),
    responses: { [operation.answers.status]: answerOf(operation, nameOf), default: { $ref: '#/components/responses/error' } },
  }
}

function whoMay(operation: Operation): string {
  const proof = ` For one’s own account it takes a sign-in of the last ${freshProofSeconds / 60} minutes.`
  return whoIsLetIn(operation) + (operation.needsFreshProof ? proof : '')
}

function whoIsLetIn({ scopes, who, roles, opensToApps }: Operation): string {
  const scope = scopes.length > 0 ? `Needs one of the scopes ${scopes.join(', ')}.` : 'Needs a token.'
  const apps = opensToApps ? '' : ' Not for an app in its own name.'
  if (who === 'roles') return `${scope} The person needs one of the roles ${roles.join(', ')}.${apps}`
  return who === 'members' ? `${scope} For members and for guests with a role.${apps}` : scope + apps
}

function answerOf({ answers: { schema, list, text, picture: isPicture, csv, status }, summary }: Operation, nameOf: SchemaNames): Json {
  if (text) return { description: summary, content: { 'text/plain': { schema: { type: 'string' } } } }
  if (isPicture) return { description: summary, content: picture }
  if (csv) return { description: summary, content: table }
  if (!schema) return { description: status === 204 ? 'Done' : summary }
  const item = ref(nameOf(schema))
  const context = { '@odata.context': { type: 'string' } }
  const whole = list
    ? {
        type: 'object',
        required: ['value'],
        properties: {
          ...context,
          '@odata.count': { type: 'integer' },
          '@odata.nextLink': { type: 'string', format: 'uri' },
          value: { type: 'array', items: item },
        },
      }
    : { allOf: [item, { type: 'object', properties: context }] }
  return { description: summary, content: { 'application/json': { schema: whole } } }
}

function queryOptions({ properties, selectable, expandable = [], topMax, topDefault }: Queryable, list: boolean): Json[] {
  const names = (which: 'sortable' | 'searchable') => Object.keys(properties).filter((name) => properties[name]?.[which])
  const filterable = Object.entries(properties).map(([name, { operators = [], advanced = [] }]) => {
    return `${name} (${[...operators, ...advanced.map((operator) => `${operator}*`)].join(', ')})`
  })
  const sortable = names('sortable')
  const searchable = names('searchable')
  const choice = (name: string, from: readonly string[]) => ({
    name,
    in: 'query',
    style: 'form',
    explode: false,
    schema: { type: 'array', items: { type: 'string', enum: from } },
  })
  const text = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } })
  return [
    ...(selectable.length > 0 ? [choice('$select', selectable)] : []),
    ...(expandable.length > 0 ? [choice('$expand', expandable)] : []),
    ...(filterable.length > 0 ? [text('$filter', `${filterable.join(', ')}. * needs ConsistencyLevel: eventual and $count=true.`)] : []),
    ...(searchable.length > 0 ? [text('$search', `Looks in ${searchable.join(', ')}. Needs ConsistencyLevel: eventual.`)] : []),
    ...(sortable.length > 0 && list ? [text('$orderby', `One of ${sortable.join(', ')}, with asc or desc.`)] : []),
    ...(list && topMax > 1
      ? [
          { name: '$top', in: 'query', schema: { type: 'integer', minimum: 1, maximum: topMax, default: topDefault } },
          { name: '$count', in: 'query', description: 'Needs ConsistencyLevel: eventual.', schema: { type: 'boolean', default: false } },
          text('$skiptoken', 'Comes with @odata.nextLink.'),
          { name: 'ConsistencyLevel', in: 'header', schema: { type: 'string', enum: ['eventual'] } },
        ]
      : []),
  ]
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}
