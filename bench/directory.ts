import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everyScope } from '#server/domain/permissions.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import { type Database, openDatabase } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'
import { createDatabase, freePort, startPostgres } from '../test/postgres-server.ts'
import { addPeopleByBatch } from './batch.ts'
import type { Order } from './load.ts'
import { fillWithPeople } from './people.ts'
import { median, type Report } from './report.ts'
import { ask, type Place, type Running, startFloor, startProduct } from './servers.ts'

export interface Options {
  people: number
  seconds: number
  rounds: number
  /** How many people come in by `$batch`. */
  adding: number
  /** Only one of the two. */
  engine: string | undefined
}

const few = 10_000
const connections = 32

export interface Tenant {
  domain: string
  token: string
}

/** What a directory is asked all day, on both engines, side by side with the least any server could do for it. */
export async function benchDirectory(report: Report, options: Options): Promise<void> {
  if (options.engine !== 'postgres') await benchEngine('SQLite', undefined, report, options)
  if (options.engine === 'sqlite') return
  const postgres = await startPostgres({ durable: true })
  try {
    await benchEngine('PostgreSQL', await createDatabase(postgres.address), report, options)
  } finally {
    await postgres.stop()
  }
}

async function benchEngine(name: string, databaseUrl: string | undefined, report: Report, options: Options): Promise<void> {
  const place: Place = {
    dataDirectory: mkdtempSync(join(tmpdir(), 'sesam-bench-')),
    databaseUrl,
    masterKey: randomBytes(32).toString('base64'),
  }
  const port = await freePort()
  try {
    report.heading(`${name}: start`)
    await benchStart(name, place, port, report)
    const [small, large] = await prepare(place, port, options.people)
    report.heading(`${name}: one person, against a bare server with the same token check and store (${connections} connections)`)
    await benchOne(name, place, port, small, report, options)
    if (!databaseUrl) {
      report.heading(`${name}: the same writes on a disk that takes 1 ms to sync`)
      await benchSlowDisk(name, place, port, small, report, options)
    }
    report.heading(
      `${name}: a page of 100 among ${options.people.toLocaleString('en')} people, against the same page among ${few.toLocaleString('en')}`,
    )
    await benchPages(name, place, port, [small, large], report, options)
    report.heading(`${name}: adding people`)
    await benchAdding(name, place, port, small, report, options)
  } finally {
    rmSync(place.dataDirectory, { recursive: true, force: true })
  }
}

async function benchStart(name: string, place: Place, port: number, report: Report): Promise<void> {
  const server = await startProduct(place, port)
  report.figure({ name: `${name}: start to first answer, migrations on an empty database included`, value: server.startedInMs, unit: 'ms' })
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  report.figure({ name: `${name}: memory, idle`, value: server.residentMb(), unit: 'MB' })
  await server.stop()
}

async function prepare(place: Place, port: number, people: number): Promise<[Tenant, Tenant]> {
  const database = openDatabase(place)
  try {
    await migrate(database)
    return [await addTenant(database, place, port, few), await addTenant(database, place, port, people)]
  } finally {
    await database.close()
  }
}

export async function addTenant(database: Database, place: Place, port: number, people: number): Promise<Tenant> {
  const masterKey = new MasterKey(Buffer.from(place.masterKey, 'base64'))
  const installation = new Installation({ database, masterKey, publicUrl: `http://localhost:${port}`, now: () => new Date() })
  const domain = `p${people}.example`
  const system = await installation.addTenant({ displayName: domain, defaultCountry: undefined, languages: ['en'], domains: [domain] })
  const tenantId = system.organization.id
  const id = randomUUID()
  await system.inTransaction(async ({ users, roles }) => {
    const admin = { id, userPrincipalName: `admin@${domain}`, displayName: 'Admin', mailNickname: 'admin', accountEnabled: true }
    await users.add(admin, new Date())
    const assignment = {
      id: randomUUID(),
      roleId: roleIdOf('Global Administrator'),
      principalId: id,
      principalKind: 'user' as const,
      scope: { kind: 'tenant' as const },
    }
    await roles.add(assignment, new Date())
  })
  await database.migrating((connection) => fillWithPeople(connection, tenantId, people, domain))
  const account = await system.authority.findAccount(id)
  if (!account) throw new Error('the tenant just made has no administrator')
  const request = { userId: id, scopes: everyScope, epoch: account.epoch, methods: ['pwd', 'mfa'], appId: 'bench', lifeSeconds: 36_000 }
  return { domain, token: await system.issueToken(request) }
}

async function benchOne(name: string, place: Place, port: number, tenant: Tenant, report: Report, options: Options): Promise<void> {
  const reads = Array.from({ length: few }, (_, index) => `/v1.0/users/user${index + 1}@${tenant.domain}`)
  const writes = Array.from({ length: few }, (_, index) => `/v1.0/users/${idOf(index + 1)}`)
  const get = { port, connections, seconds: options.seconds, method: 'GET', paths: reads, token: tenant.token }
  const patch = { ...get, method: 'PATCH', paths: writes, body: '{"jobTitle":"Worker {n}"}' }
  const [ours, floor] = await sideBySide(place, port, { get, patch }, options.rounds)
  const label = { get: 'GET /users/{upn}', patch: 'PATCH /users/{id}, audit event included' }
  for (const kind of ['get', 'patch'] as const) {
    const value = ours[kind]
    report.figure({ name: `${name}: ${label[kind]}`, value, unit: '/s', floor: floor[kind], ratio: value / floor[kind] })
  }
}

/** Bench ids are made as bench/people.ts makes them. */
export function idOf(n: number): string {
  return `${((n * 7919) % 1_000_003).toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** Ours and the floor take turns, so that a noisy minute hits both. */
async function sideBySide<Kind extends string>(
  place: Place,
  port: number,
  orders: Readonly<Record<Kind, Order>>,
  rounds: number,
  disk: { slowDisk?: boolean } = {},
): Promise<[Record<Kind, number>, Record<Kind, number>]> {
  const sides = [startProduct, startFloor].map((start) => ({ start, rates: {} as Record<Kind, number[]> }))
  for (let round = 0; round < rounds; round++) {
    for (const { start, rates } of sides) {
      const server = await start(place, port, disk)
      for (const kind of Object.keys(orders) as Kind[]) {
        await ask({ ...orders[kind], seconds: 1 })
        rates[kind] = [...(rates[kind] ?? []), await rateOf(orders[kind])]
      }
      await server.stop()
    }
  }
  const [ours, floor] = sides.map(({ rates }) =>
    Object.fromEntries(Object.entries<number[]>(rates).map(([kind, all]) => [kind, median(all)])),
  )
  return [ours as Record<Kind, number>, floor as Record<Kind, number>]
}

async function rateOf(order: Order): Promise<number> {
  const { perSecond, failed } = await ask(order)
  if (failed > 0) throw new Error(`${failed} requests failed: ${order.method} ${order.paths[0]}`)
  return perSecond
}

async function benchSlowDisk(name: string, place: Place, port: number, tenant: Tenant, report: Report, options: Options): Promise<void> {
  const writes = Array.from({ length: few }, (_, index) => `/v1.0/users/${idOf(index + 1)}`)
  for (const crowd of [1, 32, 128]) {
    const patch = {
      port,
      connections: crowd,
      seconds: options.seconds,
      method: 'PATCH',
      paths: writes,
      token: tenant.token,
      body: '{"jobTitle":"Worker {n}"}',
    }
    const [ours, floor] = await sideBySide(place, port, { patch }, 1, { slowDisk: true })
    report.figure({
      name: `${name}: PATCH, ${crowd} at once`,
      value: ours.patch,
      unit: '/s',
      floor: floor.patch,
      ratio: ours.patch / floor.patch,
    })
  }
}

const filters = [
  ["startsWith(displayName,'s')", 'a name that begins with s'],
  ["department eq 'Store 42'", 'one store of fifty'],
  ["startsWith(displayName,'p') and accountEnabled eq true", 'a name and a state'],
] as const

async function benchPages(
  name: string,
  place: Place,
  port: number,
  tenants: [Tenant, Tenant],
  report: Report,
  options: Options,
): Promise<void> {
  const server: Running = await startProduct(place, port)
  for (const [filter, words] of filters) {
    const path = `/v1.0/users?$filter=${encodeURIComponent(filter)}&$top=100`
    const [small, large] = await Promise.all(
      tenants.map(async ({ token }, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * (options.seconds + 1) * 1_000))
        return ask({ port, connections: 4, seconds: options.seconds, method: 'GET', paths: [path], token })
      }),
    )
    if (!small || !large) continue
    report.figure({ name: `${name}: ${words}, p50`, value: large.p50, unit: 'ms', floor: small.p50, ratio: small.p50 / large.p50 })
  }
  report.figure({ name: `${name}: memory, after pages`, value: server.residentMb(), unit: 'MB' })
  await server.stop()
}

async function benchAdding(name: string, place: Place, port: number, tenant: Tenant, report: Report, options: Options): Promise<void> {
  const server = await startProduct(place, port)
  const added = await addPeopleByBatch({ port, ...tenant, count: options.adding })
  report.figure({ name: `${name}: ${options.adding.toLocaleString('en')} people added by $batch of 20`, value: added, unit: '/s' })
  report.figure({ name: `${name}: memory, after adding`, value: server.residentMb(), unit: 'MB' })
  await server.stop()
}
