import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { databases, masterKey, startWorld } from '#test/world.ts'
import { MasterKey, Vault } from './vault.ts'

const place = { table: 'users', column: 'mobile_phone_sealed', row: 'a' }
const number = '+31 6 12345678'

for (const database of databases) {
  test(`what is sealed opens only where it stands, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const connection = await database.shared()
    const vault = await Vault.open(connection, masterKey, world.tenantId)
    const sealed = vault.seal(number, place)

    assert.match(sealed, /^v1\.[0-9a-f-]{36}\.[\w-]+$/)
    assert.equal(vault.open(sealed, place), number)
    assert.notEqual(vault.seal(number, place), sealed, 'a nonce of its own each time')
    for (const elsewhere of [
      { ...place, row: 'b' },
      { ...place, column: 'x' },
      { ...place, table: 'phones' },
    ]) {
      assert.throws(() => vault.open(sealed, elsewhere))
    }
    const [version, keyId, body = ''] = sealed.split('.')
    assert.throws(() => vault.open(`${version}.${keyId}.${body.slice(0, -2)}AA`, place))
    assert.throws(() => vault.open(`${version}.unknown.${body}`, place))
  })

  test(`another tenant's vault opens nothing of ours and finds nothing either, on ${database.name}`, async () => {
    await using ours = await startWorld(database)
    await using theirs = await startWorld(database)
    const connection = await database.shared()
    const vault = await Vault.open(connection, masterKey, ours.tenantId)
    const other = await Vault.open(connection, masterKey, theirs.tenantId)
    assert.throws(() => other.open(vault.seal(number, place), place))
    assert.equal(vault.indexOf(number), vault.indexOf(number))
    assert.notEqual(vault.indexOf(number), other.indexOf(number))
    assert.equal(Buffer.from(vault.indexOf(number), 'base64url').length, 16)
  })

  test(`without the master key the data keys stay shut, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await assert.rejects(Vault.open(await database.shared(), new MasterKey(randomBytes(32)), world.tenantId))
  })

  test(`no number, password or private key stands in the database in clear, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const canaries = { phone: '+31 6 98765432', office: '+46 8 555 12 34', password: 'Zeer-Geheim-Canary-1' }
    const created = await admin.post('/v1.0/users', {
      accountEnabled: true,
      displayName: 'Canary',
      mailNickname: 'canary',
      userPrincipalName: `canary@${world.domain}`,
      mobilePhone: canaries.phone,
      businessPhones: [canaries.office],
      passwordProfile: { password: canaries.password },
    })
    assert.equal(created.status, 201, created.text)
    const connection = await database.shared()
    for (const table of ['users', 'audit_events', 'signing_keys', 'data_keys']) {
      const { rows } = await connection.run(`select * from ${table}`, [])
      const text = JSON.stringify(rows)
      for (const canary of Object.values(canaries)) assert.ok(!text.includes(canary), `${table} holds ${canary}`)
      assert.ok(!text.includes('"d":'), `${table} holds a private key`)
    }
  })
}

test('a short master key is refused', () => {
  assert.throws(() => new MasterKey(randomBytes(31)))
})
