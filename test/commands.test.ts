import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { newestMigration } from '#server/store/migrate.ts'
import { run, startServer, tokenOf } from './operator.ts'
import { newPostgresDatabase } from './postgres.ts'
import { freePort } from './postgres-server.ts'
import { newDirectory } from './world.ts'

// These run the program itself, a process each, as an operator would.

const root = join(import.meta.dirname, '..')
const masterKey = randomBytes(32).toString('base64')

test('an evaluation starts with its organisation, keeps its data, and begins again when asked', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  const first = await startServer(['evaluate'], environment)
  assert.match(first.said(), /npm run --silent token -- --user admin@contoso\.example/)
  const token = await tokenOf('admin@contoso.example', environment)
  const users = await first.get('/v1.0/users', token)
  assert.equal(users.status, 200)
  assert.equal(users.body.value.length, 15)
  const anna = await first.get('/v1.0/users/anna@contoso.example/memberOf', token)
  assert.deepEqual(anna.body.value.map((one: { displayName: string }) => one.displayName).sort(), ['Contoso SMS Users', 'Store Utrecht'])
  const [sku] = (await first.get('/v1.0/subscribedSkus', token)).body.value
  assert.deepEqual([sku.skuPartNumber, sku.consumedUnits, sku.prepaidUnits.enabled], ['SPE_F1', 13, 13])
  const manager = await tokenOf('manager.utrecht@contoso.example', environment)
  assert.equal((await first.get('/v1.0/auditLogs/directoryAudits', manager)).status, 403)

  const second = await run(['evaluate'], { ...environment, PORT: String(await freePort()) })
  assert.equal(second.code, 2)
  assert.match(second.said, /Another Sesam already works with/)

  assert.equal(await first.stop(), 0)
  const again = await startServer(['evaluate'], environment)
  const kept = await again.get('/v1.0/users/anna@contoso.example', await tokenOf('admin@contoso.example', environment))
  assert.equal(kept.body.id, users.body.value.find((user: { displayName: string }) => user.displayName === 'Anna de Vries').id)
  assert.equal(await again.stop(), 0)

  const fresh = await startServer(['evaluate', '--fresh'], environment)
  const other = await fresh.get('/v1.0/users/anna@contoso.example', await tokenOf('admin@contoso.example', environment))
  assert.notEqual(other.body.id, kept.body.id)
  assert.equal(await fresh.stop(), 0)
  for (const file of ['sesam.db', 'master.key', 'audit-checkpoints.jsonl']) {
    assert.equal(statSync(join(environment.DATA_DIR, file)).mode & 0o077, 0, `${file} is only ours`)
  }
})

test('an evaluation refuses to be reached from elsewhere, and to run in a real organisation', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data'), MASTER_KEY: masterKey }
  const open = await run(['evaluate'], { ...environment, HOST: '0.0.0.0' })
  assert.equal(open.code, 2)
  assert.match(open.said, /HOST is not a loopback address/)

  assert.equal((await run(['bootstrap', '--domain', 'real.example', '--user', 'me@real.example'], environment)).code, 0)
  for (const args of [['evaluate'], ['evaluate', '--fresh']]) {
    const { code, said } = await run(args, environment)
    assert.equal(code, 2)
    assert.match(said, /holds a real organisation/)
  }
  const { code, said } = await run(['token', '--user', 'me@real.example'], environment)
  assert.equal(code, 2)
  assert.match(said, /In production people sign in/)
})

test('serve names every problem at once and starts when they are gone', async () => {
  const directory = newDirectory()
  chmodSync(directory, 0o755)
  const { code, said } = await run(['serve'], {
    DATA_DIR: directory,
    PUBLIC_URL: 'http://login.example',
    MASTER_KEY: Buffer.alloc(32).toString('base64'),
  })
  assert.equal(code, 2)
  for (const problem of [/PUBLIC_URL is http/, /MASTER_KEY is an example/, /can be read by other users/, /lacks 0001-directory/])
    assert.match(said, problem)
  assert.ok(!said.includes(Buffer.alloc(32).toString('base64')))

  chmodSync(directory, 0o700)
  const server = await startServer(['serve'], {
    DATA_DIR: directory,
    PUBLIC_URL: 'http://localhost',
    MASTER_KEY: masterKey,
    MIGRATE_AT_START: 'yes',
  })
  assert.equal(await server.stop(), 0)
})

test('serve does not start on a database it cannot reach, or with a short key', async () => {
  const port = await freePort()
  const environment = { DATA_DIR: join(newDirectory(), 'data'), PUBLIC_URL: 'https://login.example', MASTER_KEY: 'c2hvcnQ=' }
  const { code, said } = await run(['serve'], { ...environment, DATABASE_URL: `postgres://sesam:geheim@127.0.0.1:${port}/none` })
  assert.equal(code, 2)
  assert.match(said, /MASTER_KEY has 5 bytes/)
  assert.match(said, /The database does not answer/)
  assert.ok(!said.includes('geheim'))
})

test('a request under way at SIGTERM is answered before the server ends', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  const server = await startServer(['evaluate'], environment)
  const token = await tokenOf('admin@contoso.example', environment)
  const body = JSON.stringify({
    accountEnabled: true,
    displayName: 'Late',
    mailNickname: 'late',
    userPrincipalName: 'late@contoso.example',
  })
  const { host, port } = new URL(server.url)
  const socket = connect(Number(port), 'localhost')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  const headers = [`host: ${host}`, `authorization: Bearer ${token}`, 'content-type: application/json', `content-length: ${body.length}`]
  socket.write(`POST /v1.0/users HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const stopped = server.stop()
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.write(body.slice(20))
  assert.equal(await stopped, 0)
  assert.match(answer, /^HTTP\/1\.1 201 /)

  const again = await startServer(['evaluate'], environment)
  const kept = await again.get('/v1.0/users/late@contoso.example', await tokenOf('admin@contoso.example', environment))
  assert.equal(kept.status, 200)
  await again.stop()
})

test('config prints what is in force and no secret', async () => {
  const { code, said } = await run(['config'], {
    MASTER_KEY: masterKey,
    PUBLIC_URL: 'https://login.example',
    DATABASE_URL: 'postgres://u:geheim@localhost/db',
  })
  assert.equal(code, 0, said)
  assert.ok(!said.includes(masterKey) && !said.includes('geheim'))
  assert.match(said, /PUBLIC_URL +https:\/\/login\.example/)
})

test('the first administrator comes in by the link that bootstrap prints, and nobody after them', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data'), MASTER_KEY: masterKey }
  const words = ['bootstrap', '--domain', 'real.example', '--user', 'me@real.example', '--organisation', 'Real']
  const unused = await run(words, environment)
  const link = /\/bootstrap\/\S+/.exec((await run(words, environment)).said)?.[0] ?? assert.fail(unused.said)
  const server = await startServer(['serve'], { ...environment, PUBLIC_URL: 'http://localhost' })
  const page = await (await fetch(server.url + link, { method: 'POST' })).text()
  assert.match(page, /Global Administrator of Real/)
  await server.stop()

  const late = await run(words, environment)
  assert.equal(late.code, 2)
  assert.match(late.said, /has a Global Administrator already/)
})

test('whoever came in while nothing could send a text gets another link, until a text has proven their number', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data'), MASTER_KEY: masterKey }
  const words = ['bootstrap', '--domain', 'real.example', '--user', 'me@real.example']
  const linkIn = async () => /\/bootstrap\/\S+/.exec((await run(words, environment)).said)?.[0] ?? assert.fail('no link')
  for (const password of ['zeven eenden langs de gracht', 'acht zwanen onder de brug']) {
    const link = await linkIn()
    const server = await startServer(['serve'], { ...environment, PUBLIC_URL: 'http://localhost' })
    const body = new URLSearchParams({ new_password: password, again: password, number: '+31 6 12345678', do: 'enrol' })
    const answer = await fetch(server.url + link, { method: 'POST', body, redirect: 'manual' })
    assert.match(String(answer.headers.get('location')), /^\/admin\?tenant=/)
    await server.stop()
  }
})

for (const [from, to] of [
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
] as const) {
  test(`a backup of ${from} taken while it serves restores into ${to}, without the sessions`, async () => {
    const place = async (engine: string): Promise<Record<string, string>> => ({
      DATA_DIR: join(newDirectory(), 'data'),
      MASTER_KEY: masterKey,
      ...(engine === 'PostgreSQL' && { DATABASE_URL: await newPostgresDatabase() }),
    })
    const [source, target] = [await place(from), await place(to)]
    const file = join(newDirectory(), 'backup.jsonl')
    const server = await startServer(['evaluate'], source)
    const token = await tokenOf('admin@contoso.example', source)
    const before = await server.get('/v1.0/users?$top=999', token)
    assert.equal((await run(['backup', file], source)).code, 0)
    assert.equal((await run(['backup', file], source)).code, 2, 'an old backup is not overwritten')
    await server.stop()
    assert.equal(statSync(file).mode & 0o077, 0)

    const restored = await run(['restore', file], target)
    assert.equal(restored.code, 0, restored.said)
    assert.equal((await run(['restore', file], target)).code, 2, 'only into an empty database')
    const there = await startServer(['evaluate'], { ...target, PUBLIC_URL: server.url })
    const stale = await fetch(`${there.url}/v1.0/me`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(stale.status, 401, 'a token from before the backup is worth nothing')
    const after = await there.get('/v1.0/users?$top=999', await tokenOf('admin@contoso.example', target))
    assert.deepEqual(after.body.value, before.body.value)
    await there.stop()
    const { code, said } = await run(['audit', 'verify'], target)
    assert.equal(code, 0, said)
  })
}

test('a damaged or foreign file is refused and leaves nothing behind', async () => {
  const directory = newDirectory()
  const environment = { DATA_DIR: join(directory, 'data'), MASTER_KEY: masterKey }
  mkdirSync(environment.DATA_DIR, { mode: 0o700 })
  const heading = `{"sesam":"backup","migration":"${newestMigration}","takenAt":"2026-11-20T00:00:00Z"}\n`
  const tenant = '["tenants",{"id":"a","display_name":"A","default_country":null,"languages":"[]","technical_mails":"[]","created_at":1}]\n'
  for (const [text, words] of [
    ['', /The file is empty/],
    ['hello\n', /damaged|not a backup/],
    ['{"sesam":"backup","migration":"0000-old"}\n', /The backup is of 0000-old/],
    [`${heading + tenant}["tenants",{"id":"b"`, /cut off/],
    [`${heading + tenant}["passwords",{}]\n`, /not of a backup/],
    [heading + tenant, /does not end with as many rows/],
    [`${heading + tenant}{"rows":2}\n`, /does not end with as many rows/],
    [`${heading}{"rows":1}\n${tenant}`, /does not end with as many rows/],
  ] as const) {
    const file = join(directory, 'file.jsonl')
    writeFileSync(file, text)
    const { code, said } = await run(['restore', file], environment)
    assert.equal(code, 2, said)
    assert.match(said, words)
  }
  const db = new DatabaseSync(join(environment.DATA_DIR, 'sesam.db'))
  assert.equal(db.prepare('select count(*) as count from tenants').get()?.count, 0)
  db.close()
})

test('every command explains itself, and a mistyped one says so', async () => {
  const { said } = await run(['--help'], {})
  const names = [...readFileSync(join(root, 'server/commands/run-command.ts'), 'utf8').matchAll(/from '\.\/([a-z]+)\.ts'/g)].map(
    ([, name]) => name ?? '',
  )
  for (const name of names.filter((name) => name !== 'command')) {
    assert.match(said, new RegExp(`^  ${name} `, 'm'))
    const { code, said: own } = await run([name, '--help'], {})
    assert.equal(code, 0)
    assert.match(own, new RegExp(`npm run sesam -- ${name}`))
  }
  assert.equal((await run(['sevre'], {})).code, 2)
  assert.equal((await run(['token', '--usr', 'x'], {})).code, 2)
})
