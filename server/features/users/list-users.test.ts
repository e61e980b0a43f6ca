import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { usualUserProperties } from '#contract/graph/users.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const eventual = { consistencylevel: 'eventual' }
const f1 = '44575883-256e-4a79-9da4-ebe9acabe2b2'
const ems = 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e'

async function names(client: Client, options: Record<string, string>, headers: Record<string, string> = eventual): Promise<string[]> {
  const answer = await client.get(`/v1.0/users?${new URLSearchParams(options)}`, headers)
  assert.equal(answer.status, 200, `${JSON.stringify(options)}: ${answer.text}`)
  return answer.body.value.map((person: { displayName: string }) => person.displayName)
}

/** The reader is somebody too; these stories look past them. */
async function quietReader(world: World): Promise<Client> {
  const reader = await world.person('~reader', {
    department: 'none',
    usageLocation: 'XX',
    preferredLanguage: 'xx',
    mail: 'reader@x.example',
  })
  return world.signedIn(reader.id)
}

async function staff(world: World): Promise<void> {
  await world.person('anna', { displayName: 'Anna Ångström', department: 'Store 12', usageLocation: 'NL', mail: 'anna@shop.example' })
  await world.person('bo', { displayName: 'Bo Öberg', department: 'Store 120', usageLocation: 'SE', accountEnabled: false })
  await world.person('carl', { displayName: "Carl O'Brien", department: '100%_store\\', preferredLanguage: 'nl-NL', userType: 'Guest' })
  await world.person('dora', { displayName: 'Dora de Vries', surname: 'de Vries', mail: 'dora@SHOP.example' })
}

for (const database of databases) {
  test(`a list tells the usual properties in the order of the names, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    await staff(world)
    const all = await reader.get('/v1.0/users')
    assert.equal(all.status, 200, all.text)
    assert.deepEqual(Object.keys(all.body).sort(), ['@odata.context', 'value'])
    assert.equal(all.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#users')
    for (const person of all.body.value) assert.deepEqual(Object.keys(person).sort(), [...usualUserProperties].sort())
    assert.deepEqual(
      all.body.value.map((person: { displayName: string }) => person.displayName),
      ['Anna Ångström', 'Bo Öberg', "Carl O'Brien", 'Dora de Vries', '~reader'],
    )
    const counted = await reader.get('/v1.0/users?$count=true&$top=2', eventual)
    assert.equal(counted.body['@odata.count'], 5, counted.text)
    assert.equal(counted.body.value.length, 2)
  })

  test(`filters find whom they describe, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    await staff(world)
    const [anna, bo, carl, dora, itself] = ['Anna Ångström', 'Bo Öberg', "Carl O'Brien", 'Dora de Vries', '~reader']
    const rows: [string, (string | undefined)[]][] = [
      ["displayName eq 'anna ÅNGSTRÖM'", [anna]],
      ["displayName eq 'anna a\u030angstro\u0308m'", [anna]],
      ["startswith(displayName,'BO Ö')", [bo]],
      ["startswith(displayName,'bo o')", []],
      ["startswith(displayName,'')", [anna, bo, carl, dora, itself]],
      ["endsWith(mail,'@shop.example')", [anna, dora]],
      ["displayName eq 'Carl O''Brien'", [carl]],
      ["department eq 'Store 12'", [anna]],
      ["startswith(department,'store 12')", [anna, bo]],
      ["startswith(department,'100%_store')", [carl]],
      ["startswith(department,'100_')", []],
      ["startswith(department,'%')", []],
      ["endsWith(department,'_store\\')", [carl]],
      ["endsWith(department,'%')", []],
      ["endsWith(department,'_')", []],
      ["endsWith(department,'e\\')", [carl]],
      ["department in ('Store 12','store 120','nowhere')", [anna, bo]],
      ["department ne 'Store 12'", [bo, carl, dora, itself]],
      ["not(department eq 'Store 12')", [bo, carl, dora, itself]],
      ['department eq null', [dora]],
      ['department ne null', [anna, bo, carl, itself]],
      ["usageLocation eq 'NL'", [anna]],
      ["usageLocation ne 'NL'", [bo, carl, dora, itself]],
      ["not(usageLocation eq 'NL')", [bo, carl, dora, itself]],
      ["not(usageLocation in ('NL','SE'))", [carl, dora, itself]],
      ['usageLocation eq null', [carl, dora]],
      ["usageLocation eq 'nl'", [anna]],
      ["usageLocation ne 'nl'", [bo, carl, dora, itself]],
      ["usageLocation in ('nl','Se')", [anna, bo]],
      ["preferredLanguage eq 'nl-NL'", [carl]],
      ["preferredLanguage eq 'NL-nl'", [carl]],
      ["not(preferredLanguage eq 'NL-NL')", [anna, bo, dora, itself]],
      ['accountEnabled eq false', [bo]],
      ['accountEnabled ne false', [anna, carl, dora, itself]],
      ["userType eq 'Guest'", [carl]],
      ["userType eq 'guest'", [carl]],
      ["userType ne 'GUEST'", [anna, bo, dora, itself]],
      ["userType eq 'Member' and startswith(displayName,'d')", [dora]],
      ["userType eq 'Guest' or (startswith(displayName,'a') and accountEnabled eq true)", [anna, carl]],
      ["displayName ge 'c' and displayName lt 'd'", [carl]],
      ["surname eq 'DE VRIES'", [dora]],
      [`identities/any(i:i/issuer eq '${world.domain}' and i/issuerAssignedId eq 'ANNA@${world.domain}')`, [anna]],
      ["identities/any(i:i/issuerAssignedId eq 'nobody')", []],
      ['createdDateTime ge 2026-11-20T09:00:00Z', [anna, bo, carl, dora, itself]],
      ['createdDateTime gt 2026-11-20T09:00:00Z', []],
      [`id eq '${reader.id}'`, [itself]],
      [`id in ('${reader.id}','${randomUUID()}')`, [itself]],
      ["displayName eq ''' or 1=1 --'", []],
      ["displayName eq 'x''); drop table users; --'", []],
      ["startswith(displayName,''' or ''1''=''1')", []],
    ]
    for (const [filter, expected] of rows) {
      const found = await names(reader, { $filter: filter, $count: 'true', $orderby: 'displayName' })
      assert.deepEqual(found, expected, filter)
      const count = await reader.get(`/v1.0/users/$count?${new URLSearchParams({ $filter: filter, $count: 'true' })}`, eventual)
      assert.equal(count.text, String(expected.length), `${filter}: ${count.text}`)
    }
  })

  test(`people are found by the licence they hold, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    await staff(world)
    const person = async (name: string) => (await world.system.users.find(`${name}@${world.domain}`)) ?? assert.fail(name)
    const { id: annaId } = await person('anna')
    const { id: boId } = await person('bo')
    await world.system.inTransaction(async ({ licences }) => {
      for (const id of [f1, ems]) await licences.addSku({ id, partNumber: id.slice(0, 4), enabledUnits: 5, plans: [] })
      await licences.assign(annaId, f1, [], world.now)
      await licences.assign(annaId, ems, [], world.now)
      await licences.assign(boId, ems, [], world.now)
    })
    assert.deepEqual(await names(reader, { $filter: `assignedLicenses/any(x:x/skuId eq ${f1})` }), ['Anna Ångström'])
    assert.deepEqual(await names(reader, { $filter: `assignedLicenses/any(x:x/skuId eq ${ems})` }), ['Anna Ångström', 'Bo Öberg'])
    const none = await names(reader, { $filter: `not(assignedLicenses/any(x:x/skuId eq ${ems}))`, $count: 'true' })
    assert.deepEqual(none, ["Carl O'Brien", 'Dora de Vries', '~reader'])
    const listed = await reader.get(`/v1.0/users?$select=assignedLicenses&$filter=displayName eq 'Bo Öberg'`)
    assert.deepEqual(listed.body.value, [{ id: boId, assignedLicenses: [{ skuId: ems, disabledPlans: [] }] }], listed.text)
  })

  test(`a search looks at the beginnings of words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    await staff(world)
    const rows: [string, string[]][] = [
      ['"displayName:ång"', ['Anna Ångström']],
      ['"displayName:ANN"', ['Anna Ångström']],
      ['"displayName:nna"', []],
      ['"displayName:vries" OR "mail:anna"', ['Anna Ångström', 'Dora de Vries']],
      ['"displayName:%"', []],
      ['"displayName:_"', []],
      ['"department:100%_"', ["Carl O'Brien"]],
      ['"displayName:o\'brien"', ["Carl O'Brien"]],
    ]
    for (const [search, expected] of rows) assert.deepEqual(await names(reader, { $search: search }), expected, search)
  })

  test(`both engines sort names alike: by character, without case, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    const shuffled = [
      'Zoë',
      'ödla',
      'Ärla',
      'zon',
      'Åsa',
      '10 people',
      'anna',
      'Éva',
      '2 people',
      'Anna-Lena',
      'Anna B',
      '𝒜',
      'ﬀ',
      'a_b',
      'a.b',
      'A b',
    ]
    for (const [index, name] of shuffled.entries()) await world.person(`p${index}`, { displayName: name, department: 'sorted' })
    const sorted = [
      '10 people',
      '2 people',
      'A b',
      'a.b',
      'a_b',
      'anna',
      'Anna B',
      'Anna-Lena',
      'zon',
      'Zoë',
      'Ärla',
      'Åsa',
      'Éva',
      'ödla',
      'ﬀ',
      '𝒜',
    ]
    const filter = { $filter: "department eq 'sorted'", $count: 'true' }
    assert.deepEqual(await names(reader, { ...filter, $orderby: 'displayName' }), sorted)
    assert.deepEqual(await names(reader, { ...filter, $orderby: 'displayName desc' }), sorted.toReversed())
    const everybody = await names(reader, {}, {})
    assert.deepEqual(
      everybody.filter((name) => name !== '~reader'),
      sorted,
    )
    const paged: string[] = []
    let next = `/v1.0/users?${new URLSearchParams({ ...filter, $orderby: 'displayName desc', $top: '3' })}`
    while (next) {
      const { body } = await reader.get(next, eventual)
      paged.push(...body.value.map((person: { displayName: string }) => person.displayName))
      next = body['@odata.nextLink']
    }
    assert.deepEqual(paged, sorted.toReversed())
  })

  test(`people of another organisation are in no list, count or search, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const reader = await quietReader(world)
    const stranger = await other.person('stranger', { department: 'Secret' })
    const filters = [
      "startswith(displayName,'s')",
      "department eq 'Secret'",
      `id eq '${stranger.id}'`,
      `userPrincipalName eq '${stranger.userPrincipalName}'`,
      "department eq 'x' or department eq 'Secret'",
      "not(department eq 'x') and startswith(displayName,'str')",
    ]
    for (const filter of filters) assert.deepEqual(await names(reader, { $filter: filter, $count: 'true' }), [], filter)
    assert.deepEqual(await names(reader, {}), ['~reader'])
    assert.deepEqual(await names(reader, { $search: '"displayName:stranger"' }), [])
    assert.equal((await reader.get('/v1.0/users/$count')).text, '1')
  })

  test(`the number of people is plain text, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    await staff(world)
    const all = await reader.get('/beta/users/$count', eventual)
    assert.equal(all.status, 200, all.text)
    assert.equal(all.headers['content-type'], 'text/plain; charset=utf-8')
    assert.equal(all.text, '5')
    assert.equal((await reader.get('/v1.0/users?$count=true&$top=1', { ConsistencyLevel: 'Eventual' })).body['@odata.count'], 5)
    assert.equal((await reader.get('/v1.0/users/$count?$filter=accountEnabled eq false', eventual)).text, '1')
    assert.equal((await reader.get('/v1.0/users/$count?$search="displayName:anna"', eventual)).text, '1')
  })

  test(`what cannot be asked is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await quietReader(world)
    const rows: [Record<string, string>, string][] = [
      [{ $filter: "password_hash eq 'x'" }, 'query_property_unknown'],
      [{ $filter: "mobilePhone eq '0612345678'" }, 'query_property_unknown'],
      [{ $filter: "contains(displayName,'nn')" }, 'query_unsupported'],
      [{ $filter: "displayName ne 'x'" }, 'query_needs_eventual'],
      [{ $filter: "endsWith(displayName,'x')" }, 'query_needs_eventual'],
      [{ $filter: 'displayName eq' }, 'query_invalid'],
      [{ $filter: "displayName eq 'x" }, 'query_invalid'],
      [{ $filter: "displayName eq 'x\u0000'" }, 'query_invalid'],
      [{ $filter: 'accountEnabled eq null' }, 'query_invalid'],
      [{ $filter: "id eq 'anna'" }, 'query_invalid'],
      [{ $filter: "displayName eq 'x' $top=1" }, 'query_invalid'],
      [{ $orderby: 'department' }, 'query_unsupported'],
      [{ $orderby: 'displayName,surname' }, 'query_unsupported'],
      [{ $orderby: 'passwordHash' }, 'query_property_unknown'],
      [{ $select: 'displayName,passwordProfile' }, 'query_property_unknown'],
      [{ $expand: 'memberOf' }, 'query_property_unknown'],
      [{ $expand: 'manager($levels=max)' }, 'query_unsupported'],
      [{ $search: '"displayName:x"' }, 'query_needs_eventual'],
      [{ $count: 'true' }, 'query_needs_eventual'],
      [{ $skip: '1' }, 'query_option_unknown'],
      [{ $apply: 'aggregate' }, 'query_option_unknown'],
      [{ $filter: Array.from({ length: 60 }, () => 'accountEnabled eq true').join(' or ') }, 'query_too_long'],
    ]
    for (const [options, code] of rows) {
      const answer = await reader.get(`/v1.0/users?${new URLSearchParams(options)}`)
      assert.equal(answer.status, 400, `${JSON.stringify(options)}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, answer.text)
    }
  })
}
