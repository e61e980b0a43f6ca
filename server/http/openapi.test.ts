import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doors, operations as told } from '#server/app.ts'
import { databases, startWorld } from '#test/world.ts'
import { openapi } from './openapi.ts'

interface Described {
  operationId: string
  summary: string
  parameters: { name: string; in: string; required?: boolean; schema: object }[]
  responses: Record<string, unknown>
  requestBody?: { required: boolean }
  'x-scopes': string[]
  'x-roles': string[]
}

// The document as its readers get it.
const document: {
  paths: Record<string, Record<string, Described>>
  components: Record<string, Record<string, Record<string, unknown>>>
  openapi: string
  servers: { url: string }[]
} = JSON.parse(JSON.stringify(openapi(told, ['https://sesam.test/v1.0', 'https://sesam.test/beta'], 'https://sesam.test')))

const operations = Object.entries(document.paths).flatMap(([path, here]) =>
  Object.entries(here)
    .filter(([method]) => method !== 'servers')
    .map(([method, operation]) => ({ path, method, operation })),
)

test('every door of the management API is described, and no other', () => {
  const addresses = new Set(
    doors.map(
      ({ route: { method, path }, prefix }) => `${method} ${prefix === '/sesam/v1' ? prefix : ''}${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    ),
  )
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  assert.deepEqual(described.toSorted(), [...addresses, 'POST /$batch'].toSorted())
})

test('every operation has a name of its own that a generator can use', () => {
  const names = operations.map(({ operation }) => operation.operationId)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) assert.match(name, /^[a-z][A-Za-z0-9]*$/)
})

test('no reference leads nowhere, and every schema is used', () => {
  const text = JSON.stringify(document)
  const references = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name))
  assert.equal((text.match(/"\$ref"/g) ?? []).length, [...text.matchAll(/"\$ref":"#\/components\//g)].length)
  for (const reference of references) {
    const [kind = '', name = ''] = reference?.split('/') ?? []
    assert.ok(document.components[kind]?.[name], reference)
  }
  for (const name of Object.keys(document.components.schemas ?? {})) assert.ok(references.has(`schemas/${name}`), name)
})

test('the parts of every path are described, each once', () => {
  for (const { path, operation } of operations) {
    const inPath = operation.parameters.filter((each) => each.in === 'path')
    assert.deepEqual(inPath.map(({ name }) => `{${name}}`).join(), (path.match(/\{\w+\}/g) ?? []).join(), path)
    assert.ok(inPath.every(({ required }) => required))
    const names = operation.parameters.map((each) => `${each.in} ${each.name}`)
    assert.equal(new Set(names).size, names.length, path)
  }
  const shapes = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'))
  assert.equal(new Set(shapes).size, shapes.length)
})

test('an operation says what it needs: scopes, roles and a body', () => {
  const add = document.paths['/users']?.post
  assert.deepEqual(add?.['x-scopes'], ['User.ReadWrite.All', 'Directory.ReadWrite.All'])
  assert.deepEqual(add?.['x-roles'], ['User Administrator', 'Global Administrator'])
  assert.equal(add?.requestBody?.required, true)
  assert.deepEqual(Object.keys(add?.responses ?? {}), ['201', 'default'])
  const body = document.components.schemas?.postUsersBody
  assert.deepEqual(body?.required, ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'])
  assert.partialDeepStrictEqual(body?.properties, { createdDateTime: { readOnly: true }, displayName: { type: 'string', maxLength: 256 } })
})

test('the description is served to anybody, and may be kept for a while', async () => {
  const [database] = databases
  assert.ok(database)
  await using world = await startWorld(database)
  const answer = await world.client(undefined).get('/openapi.json')
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.headers['cache-control'], 'public, max-age=300')
  assert.deepEqual(answer.body, document)
  assert.equal((await world.client(undefined).post('/openapi.json')).status, 405)
})
