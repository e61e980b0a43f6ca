import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation, type System } from '#server/system.ts'
import { createDatabase, freePort, startPostgres } from '../test/postgres-server.ts'
import { addTenant, idOf, type Tenant } from './directory.ts'
import type { Order } from './load.ts'
import { deep, fillWithGroups, isAllowed, setTargets, targetCount } from './numbers/groups.ts'
import { importPeople } from './numbers/import-file.ts'
import { fillWithPhones, fillWithUnreadablePhones } from './numbers/phones.ts'
import { readList, timed } from './numbers/reports.ts'
import { median, type Report } from './report.ts'
import { ask, type Place, type Running, startFloor, startProduct } from './servers.ts'

export interface Options {
  people: number
  seconds: number
  rounds: number
  /** How many rows come in by a file. */
  rows: number
  /** Only one of the two. */
  engine: string | undefined
}

/** Those who have a number that can be read, and stand in a group. */
const few = 10_000
const connections = 32

/** What numbers cost: who may sign in with theirs, giving one to somebody, bringing in many, and the report over everybody. */
export async function benchNumbers(report: Report, options: Options): Promise<void> {
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
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sesam-bench-'))
  const place: Place = { dataDirectory, databaseUrl, masterKey: randomBytes(32).toString('base64') }
  const port = await freePort()
  try {
    report.heading(`${name}: may this person sign in with their number, ${targetCount} groups in the policy, people ${deep} groups deep`)
    const [everybody, newcomers] = await prepare(name, place, port, report, options)
    report.heading(`${name}: giving somebody a number, against one durable write (${connections} connections)`)
    await benchGiving(name, place, port, everybody, report, options)
    report.heading(`${name}: the report over ${options.people.toLocaleString('en')} people`)
    await benchReport(name, place, port, everybody, report, options)
    report.heading(`${name}: a file of ${options.rows.toLocaleString('en')} new people, each with a number`)
    const { rowsPerSecond, halfwayMb, highestMb } = await importPeople(place, newcomers.domain, options.rows)
    report.figure({ name: `${name}: rows brought in, rehearsed first`, value: rowsPerSecond, unit: '/s' })
    report.figure({ name: `${name}: memory at its highest, against halfway`, value: highestMb, unit: 'MB', floor: halfwayMb })
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}

/** An organisation of many, one of almost nobody, and between making them the decisions, which need no server. */
async function prepare(name: string, place: Place, port: number, report: Report, options: Options): Promise<[Tenant, Tenant]> {
  const database = openDatabase(place)
  try {
    await migrate(database)
    const everybody = await addTenant(database, place, port, options.people)
    const system = await systemOf(database, place, port, everybody)
    await fillWithPhones(system, few)
    await fillWithGroups(system, few)
    await database.migrating((connection) => fillWithUnreadablePhones(connection, system.organization.id, few))
    await benchDecisions(name, system, report, options)
    const newcomers = await addTenant(database, place, port, 1)
    await setTargets(await systemOf(database, place, port, newcomers), 'everybody')
    return [everybody, newcomers]
  } finally {
    await database.close()
  }
}

async function systemOf(database: Database, place: Place, port: number, { domain }: Tenant): Promise<System> {
  const masterKey = new MasterKey(Buffer.from(place.masterKey, 'base64'))
  const installation = new Installation({ database, masterKey, publicUrl: `http://localhost:${port}`, now: () => new Date() })
  const tenantId = await installation.tenants.findIdByDomain(domain)
  const system = tenantId === undefined ? undefined : await installation.systemOf(tenantId)
  if (!system) throw new Error('the organisation just made is not there')
  return system
}

async function benchDecisions(name: string, system: System, report: Report, { seconds, rounds }: Options): Promise<void> {
  const decide = async (n: number) => {
    const { isAllowed: found } = await system.methodPolicies.standingOf('sms', idOf(n))
    if (found !== isAllowed(n)) throw new Error(`person ${n} was decided about wrongly`)
  }
  const sides = {
    groups: { policy: 'groups', turn: decide },
    everybody: { policy: 'everybody', turn: (n: number) => system.methodPolicies.standingOf('sms', idOf(n)) },
    row: { policy: 'everybody', turn: (n: number) => system.users.find(idOf(n)) },
  } as const
  const rates: Record<keyof typeof sides, number[]> = { groups: [], everybody: [], row: [] }
  for (let round = 0; round < rounds; round++) {
    for (const side of ['groups', 'everybody', 'row'] as const) {
      await setTargets(system, sides[side].policy)
      rates[side].push(await perSecond(sides[side].turn, seconds))
    }
  }
  const floor = median(rates.row)
  for (const side of ['groups', 'everybody'] as const) {
    const words = side === 'groups' ? 'decisions, against reading one person by id' : 'decisions where the policy is for everybody'
    const value = median(rates[side])
    report.figure({ name: `${name}: ${words}`, value, unit: '/s', floor, ratio: value / floor })
  }
}

/** As many at once as connections would ask. */
async function perSecond(turn: (n: number) => Promise<unknown>, seconds: number): Promise<number> {
  const began = performance.now()
  const until = began + seconds * 1000
  let done = 0
  const work = async () => {
    while (performance.now() < until) await turn((done++ % few) + 1)
  }
  await Promise.all(Array.from({ length: connections }, work))
  return done / ((performance.now() - began) / 1000)
}

async function benchGiving(name: string, place: Place, port: number, tenant: Tenant, report: Report, options: Options): Promise<void> {
  const people = Array.from({ length: few }, (_, index) => `/v1.0/users/${idOf(index + 1)}`)
  const usual = { port, connections, seconds: options.seconds, method: 'PATCH', token: tenant.token }
  const mobile = '/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7'
  const give: Order = { ...usual, paths: people.map((path) => path + mobile), body: '{"phoneNumber":"+31 6{n}"}' }
  const write: Order = { ...usual, paths: people, body: '{"jobTitle":"Worker {n}"}' }
  const rates: { ours: number[]; floor: number[] } = { ours: [], floor: [] }
  // Nobody is given a number twice, so that each is sealed, indexed and looked for.
  let from = 10_000_000
  for (let round = 0; round < options.rounds; round++) {
    const ours = await startProduct(place, port)
    for (const seconds of [1, options.seconds]) {
      const rate = await rateOf({ ...give, seconds, from })
      from += 1_000_000
      if (seconds === options.seconds) rates.ours.push(rate)
    }
    await ours.stop()
    const floor = await startFloor(place, port)
    await rateOf({ ...write, seconds: 1 })
    rates.floor.push(await rateOf(write))
    await floor.stop()
  }
  const [value, floor] = [median(rates.ours), median(rates.floor)]
  report.figure({ name: `${name}: PATCH …/phoneMethods/{id}, audit event included`, value, unit: '/s', floor, ratio: value / floor })
}

async function rateOf(order: Order): Promise<number> {
  const { perSecond: rate, failed } = await ask(order)
  if (failed > 0) throw new Error(`${failed} requests failed: ${order.method} ${order.paths[0]}`)
  return rate
}

async function benchReport(name: string, place: Place, port: number, { token }: Tenant, report: Report, options: Options): Promise<void> {
  const server: Running = await startProduct(place, port)
  const root = '/v1.0/reports/authenticationMethods'
  const rounds = Array.from({ length: options.rounds })
  const rates: { details: number[]; users: number[]; counts: number[] } = { details: [], users: [], counts: [] }
  for (const _ of rounds) {
    rates.details.push(await readList({ port, token, path: `${root}/userRegistrationDetails?$top=999` }))
    rates.users.push(await readList({ port, token, path: '/v1.0/users?$top=999' }))
    rates.counts.push(await timed(() => readList({ port, token, path: `${root}/usersRegisteredByMethod` })))
  }
  const [value, floor] = [median(rates.details), median(rates.users)]
  report.figure({ name: `${name}: people of userRegistrationDetails, against GET /users`, value, unit: '/s', floor, ratio: value / floor })
  report.figure({ name: `${name}: usersRegisteredByMethod`, value: median(rates.counts), unit: 'ms' })
  report.figure({ name: `${name}: memory, after reports`, value: server.residentMb(), unit: 'MB' })
  await server.stop()
}
