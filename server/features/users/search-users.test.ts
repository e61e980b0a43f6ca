import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

/** As the admin center and its picker ask: whoever's name, user name or surname begins with it. */
const begins = (text: string, beside = '') =>
  `/v1.0/users?$filter=(${['displayName', 'userPrincipalName', 'surname']
    .map((property) => `startsWith(${property},'${text}')`)
    .join(' or ')})${beside}&$select=displayName`

async function town(world: World): Promise<Client> {
  const names: [string, string, string, boolean?][] = [
    ['ova', 'Ova Berg', 'Berg'],
    ['ovb', 'Anna Ovesen', 'Ovesen'],
    ['c', 'Ove Dahl', 'Dahl'],
    ['d', 'Bo Ovesen', 'Ovesen', false],
    ['e', 'Carl Ovesen', 'Ovesen'],
    ['ovf', 'Dina Lund', 'Lund', false],
    ['g', 'Eva Lund', 'Lund'],
  ]
  for (const [name, displayName, surname, accountEnabled = true] of names)
    await world.person(name, { displayName, surname, accountEnabled })
  return world.signedIn((await world.person('reader')).id)
}

async function namesOf(reader: Client, question: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let next: string | undefined = question; next; ) {
    const { status, body, text } = await reader.get(next, { consistencylevel: 'eventual' })
    assert.equal(status, 200, text)
    pages.push(body.value.map(({ displayName }: { displayName: string }) => displayName))
    next = body['@odata.nextLink']
  }
  return pages
}

const all = ['Ova Berg', 'Ove Dahl', 'Anna Ovesen', 'Dina Lund', 'Bo Ovesen', 'Carl Ovesen']

for (const database of databases) {
  test(`a search finds by name first, then by user name, then by surname, each once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await town(world)
    for (const size of [1, 2, 3, 4, 5, 6, 7, 100]) {
      const pages = await namesOf(reader, `${begins('ov')}&$top=${size}`)
      assert.deepEqual(pages.flat().slice(0, 4), all.slice(0, 4), `${size} on a page`)
      assert.deepEqual(pages.flat().sort(), [...all].sort())
      assert.equal(pages.length, Math.ceil(all.length / size), `${size} on a page, and no page without anybody`)
    }
  })

  test(`a search keeps to what else is asked, and its count counts everybody, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await town(world)
    assert.deepEqual((await namesOf(reader, `${begins('ov', ' and accountEnabled eq false')}&$top=1`)).flat(), ['Dina Lund', 'Bo Ovesen'])
    assert.deepEqual(await namesOf(reader, begins('zz')), [[]])
    const counted = await reader.get(`${begins('ov')}&$top=2&$count=true`, { consistencylevel: 'eventual' })
    assert.equal(counted.body['@odata.count'], all.length)
    const sorted = await namesOf(reader, `${begins('ov')}&$orderby=displayName`)
    assert.deepEqual(sorted.flat(), [...all].sort())
    const sameName = await namesOf(
      reader,
      "/v1.0/users?$filter=startsWith(displayName,'ov') or startsWith(displayName,'e')&$select=displayName",
    )
    assert.deepEqual(sameName.flat(), ['Ova Berg', 'Ove Dahl', 'Eva Lund'])
  })

  test(`flags and kinds of people are compared as they are written, whatever is written, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await town(world)
    await world.person('guest', { displayName: 'Gast', userType: 'Guest' })
    for (const [filter, found] of [
      ["userType eq 'guest'", ['Gast']],
      ["userType eq 'GUEST' and accountEnabled eq true", ['Gast']],
      ["userType eq 'x'' or 1=1 --'", []],
      ['accountEnabled eq false', ['Bo Ovesen', 'Dina Lund']],
    ] as const) {
      const pages = await namesOf(reader, `/v1.0/users?$filter=${encodeURIComponent(filter)}&$orderby=displayName&$select=displayName`)
      assert.deepEqual(pages.flat(), found, filter)
    }
  })
}
