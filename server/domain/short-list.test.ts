import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Filter, Query } from '#server/domain/query.ts'
import { queryShortList } from '#server/domain/short-list.ts'

const rows = [
  { id: '3', name: 'Émile', town: 'Aalst', isOld: false },
  { id: '1', name: 'anna', town: null, isOld: true },
  { id: '2', name: 'Bert', town: 'Breda', isOld: false },
  { id: '4', name: 'bert', town: 'aalst', isOld: true },
]
const everything: Query = {
  filter: undefined,
  search: undefined,
  orderBy: undefined,
  select: undefined,
  expand: [],
  top: 100,
  count: false,
  after: undefined,
}

function ids(query: Partial<Query>): string {
  return queryShortList(rows, { ...everything, ...query }, 'name')
    .items.map(({ id }) => id)
    .join('')
}

const isOld: Filter = { kind: 'compare', property: 'isOld', operator: 'eq', value: true }
const inAalst: Filter = { kind: 'compare', property: 'town', operator: 'eq', value: 'AALST' }
const hasTown: Filter = { kind: 'compare', property: 'town', operator: 'ne', value: null }

const cases: [string, Partial<Query>, string][] = [
  ['without a question in its usual order, without case', {}, '1243'],
  ['by another property, those without it first', { orderBy: { property: 'town', descending: false } }, '1342'],
  ['backwards', { orderBy: { property: 'name', descending: true } }, '3421'],
  ['by a flag', { filter: isOld }, '14'],
  ['by a text without case', { filter: inAalst }, '43'],
  ['by both', { filter: { kind: 'and', left: isOld, right: inAalst } }, '4'],
  ['by either', { filter: { kind: 'or', left: isOld, right: inAalst } }, '143'],
  ['by what is not so', { filter: { kind: 'not', of: inAalst } }, '12'],
  ['by having a value', { filter: hasTown }, '243'],
  ['by having none', { filter: { kind: 'compare', property: 'town', operator: 'eq', value: null } }, '1'],
  ['by another value, none included', { filter: { kind: 'compare', property: 'town', operator: 'ne', value: 'Breda' } }, '143'],
  ['by a range', { filter: { kind: 'compare', property: 'name', operator: 'gt', value: 'Anna' } }, '243'],
  ['by a range with its end', { filter: { kind: 'compare', property: 'name', operator: 'le', value: 'BERT' } }, '124'],
  ['by a range nothing without a value is in', { filter: { kind: 'compare', property: 'town', operator: 'lt', value: 'z' } }, '243'],
  ['by a list', { filter: { kind: 'in', property: 'name', values: ['ÉMILE', 'Anna'] } }, '13'],
  ['by a beginning', { filter: { kind: 'match', property: 'name', how: 'startsWith', value: 'B' } }, '24'],
  ['by an end', { filter: { kind: 'match', property: 'town', how: 'endsWith', value: 'ST' } }, '43'],
  ['by a part', { filter: { kind: 'match', property: 'name', how: 'contains', value: 'NN' } }, '1'],
]

for (const [how, query, expected] of cases) {
  test(`a short list is told ${how}`, () => assert.equal(ids(query), expected))
}

for (const descending of [false, true]) {
  test(`pages of a short list ${descending ? 'backwards ' : ''}follow each other without gap or repeat`, () => {
    const orderBy = { property: 'town', descending }
    const seen: string[] = []
    let after: Query['after']
    do {
      const page = queryShortList(rows, { ...everything, orderBy, top: 1, count: true, after }, 'name')
      assert.equal(page.count, 4)
      seen.push(...page.items.map(({ id }) => id))
      after = page.end
    } while (after)
    assert.equal(seen.join(''), ids({ orderBy }))
  })
}
