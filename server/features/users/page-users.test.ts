import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const dayMs = 24 * 60 * 60 * 1000

async function crowd(world: World): Promise<Client> {
  for (let each = 10; each < 35; each++) await world.person(`p${each}`, { displayName: `Person ${each}`, department: 'crowd' })
  const reader = await world.person('~reader')
  return world.signedIn(reader.id)
}

const inCrowd = "/v1.0/users?$filter=department eq 'crowd'&$select=displayName&$top=10"

for (const database of databases) {
  test(`pages follow one another without gap or double while people come and go, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await crowd(world)
    const admin = await world.as('User Administrator')
    const first = await reader.get('/v1.0/users?$select=displayName&$top=10')
    assert.equal(first.body.value.length, 10, first.text)
    assert.match(first.body['@odata.nextLink'], /^https:\/\/sesam\.test\/v1\.0\/users\?.*skiptoken=/)

    await world.person('before', { displayName: 'Aaron' })
    await world.person('behind', { displayName: 'Person 99' })
    const last = first.body.value.at(-1)
    assert.equal((await admin.delete(`/v1.0/users/${last.id}`)).status, 204, 'the very row the next page starts behind')

    const seen: string[] = first.body.value.map((person: { displayName: string }) => person.displayName)
    let next = first.body['@odata.nextLink']
    let pages = 1
    while (next) {
      const page = await reader.get(next)
      assert.equal(page.status, 200, page.text)
      assert.ok(page.body.value.length > 0)
      seen.push(...page.body.value.map((person: { displayName: string }) => person.displayName))
      next = page.body['@odata.nextLink']
      pages++
    }
    const people = Array.from({ length: 25 }, (_, index) => `Person ${index + 10}`)
    assert.deepEqual(
      seen.filter((name) => name.startsWith('Person')),
      [...people, 'Person 99'],
    )
    assert.equal(new Set(seen).size, seen.length)
    assert.equal(pages, 3)
  })

  test(`people of one name are told apart by their id, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    for (let each = 0; each < 7; each++) await world.person(`twin${each}`, { displayName: each % 2 ? 'Twin' : 'TWIN', department: 'twins' })
    const reader = await world.signedIn((await world.person('reader')).id)
    const seen: string[] = []
    let next: string | undefined = "/v1.0/users?$filter=department eq 'twins'&$top=2"
    while (next) {
      const page = await reader.get(next)
      seen.push(...page.body.value.map((person: { id: string }) => person.id))
      next = page.body['@odata.nextLink']
    }
    assert.equal(seen.length, 7)
    assert.equal(new Set(seen).size, 7)
  })

  test(`a full last page has no page behind it, and the count stays with the filter, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await crowd(world)
    const whole = await reader.get(inCrowd.replace('$top=10', '$top=25'))
    assert.equal(whole.body.value.length, 25, whole.text)
    assert.equal(whole.body['@odata.nextLink'], undefined)
    const counted = await reader.get(`${inCrowd}&$count=true`, { consistencylevel: 'eventual' })
    assert.equal(counted.body['@odata.count'], 25, counted.text)
    const second = await reader.get(counted.body['@odata.nextLink'], { consistencylevel: 'eventual' })
    assert.equal(second.body['@odata.count'], 25)
    const ids = [...counted.body.value, ...second.body.value].map(({ id }: { id: string }) => id)
    assert.equal(new Set(ids).size, 20)
    const byTime = await reader.get('/v1.0/users?$orderby=createdDateTime desc&$select=displayName&$top=20')
    const rest = await reader.get(byTime.body['@odata.nextLink'])
    assert.equal(byTime.body.value.length + rest.body.value.length, 26, rest.text)
  })

  test(`a page address opens for whom it was made, for a day, and as it was made, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const reader = await crowd(world)
    const { '@odata.nextLink': next } = (await reader.get(inCrowd)).body
    assert.equal((await reader.get(next)).status, 200)

    const address = new URL(next)
    const token = address.searchParams.get('$skiptoken') ?? assert.fail('no token')
    const withChange = (change: (url: URL) => void) => {
      const url = new URL(next)
      change(url)
      return url.href
    }
    const flipped = token.slice(0, 20) + (token[20] === 'A' ? 'B' : 'A') + token.slice(21)
    const set = (name: string, value: string) => withChange((url) => url.searchParams.set(name, value))
    const stranger = await other.signedIn((await other.person('stranger')).id)
    const colleague = await world.as('Global Administrator')
    const attempts: [string, Client, string][] = [
      ['another caller', colleague, next],
      ['another organisation', stranger, next],
      ['another filter', reader, set('$filter', "department eq 'none'")],
      ['another page size', reader, set('$top', '5')],
      ['another selection', reader, set('$select', 'id')],
      ['another order', reader, set('$orderby', 'displayName')],
      ['another list', reader, next.replace('/v1.0/users', '/v1.0/me/directReports')],
      ['another version', reader, next.replace('/v1.0/', '/beta/')],
      ['one character changed', reader, set('$skiptoken', flipped)],
      ['cut short', reader, set('$skiptoken', token.slice(0, 30))],
      ['nothing', reader, set('$skiptoken', '')],
      ['garbage', reader, set('$skiptoken', '../../etc/passwd')],
      ['a plain place', reader, set('$skiptoken', Buffer.from('{"sort":"","id":""}').toString('base64url'))],
    ]
    for (const [name, client, url] of attempts) {
      const answer = await client.get(url)
      assert.equal(answer.status, 400, `${name}: ${answer.text}`)
    }
    const tampered = await reader.get(set('$skiptoken', flipped))
    assert.equal(tampered.body.error.code, 'Directory_ExpiredPageToken', tampered.text)
    assert.ok(!next.includes('crowd%22') && !Buffer.from(token, 'base64url').toString('latin1').includes('person'))

    world.turnClock(dayMs + 1)
    const later = await world.signedIn(reader.id)
    const expired = await later.get(next)
    assert.equal(expired.status, 400, expired.text)
    assert.equal(expired.body.error.details[0].code, 'skip_token_invalid')
    assert.equal((await later.get(inCrowd)).status, 200)
  })

  test(`a page has from 1 to 999 people, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await crowd(world)
    for (const top of ['0', '-1', '1000', '100000', 'abc', '1e2', '1.5', '', ' 5', '99999999999999999999', '5;drop']) {
      const answer = await reader.get(`/v1.0/users?${new URLSearchParams({ $top: top })}`)
      assert.equal(answer.status, 400, `${top}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, 'top_out_of_range', top)
    }
    assert.equal((await reader.get('/v1.0/users?$top=999')).body.value.length, 26)
    assert.equal((await reader.get('/v1.0/users?$top=1')).body.value.length, 1)
    assert.equal((await reader.get('/v1.0/users?$top=5&$top=6')).status, 400)
  })
}
