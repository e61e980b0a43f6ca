import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parametersIn } from './path-pattern.ts'

for (const [pattern, path, found] of [
  ['', '', {}],
  ['/users', '/users', {}],
  ['/users/:id', '/users/7', { id: '7' }],
  ['/users/:id/:section', '/users/7/roles', { id: '7', section: 'roles' }],
  ['/users/:id', '/users/anna%40contoso.example', { id: 'anna@contoso.example' }],
  ['/users/:id', '/users/100%', { id: '100%' }],
  ['/users/:id', '/users/', undefined],
  ['/users/:id', '/users', undefined],
  ['/users/:id', '/users/7/roles', undefined],
  ['/users', '/groups', undefined],
] as const) {
  test(`the path ${path} against ${pattern}`, () => assert.deepEqual(parametersIn(pattern, path), found))
}
