import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { createDatabase, freePort, startPostgres } from '../test/postgres-server.ts'
import { addTenant, type Tenant } from './directory.ts'
import type { Report } from './report.ts'
import { ask, type Place, startProduct } from './servers.ts'

export interface Options {
  people: number
  seconds: number
  /** Only one of the two. */
  engine: string | undefined
}

/** What the issue promises of the first rows of a list, whatever is searched, filtered or sorted. */
const limitMs = 300

const select = '$select=id,displayName,userPrincipalName,jobTitle,department,accountEnabled,userType&$top=50'
const product = '05e9a617-0261-4cee-bb44-138d3ef5d965'
const rareProduct = '06ebc4ee-1bb5-47dd-8120-11324bc54e06'

/** The questions of the admin center's page of users, and of its picker of people. */
const questions: readonly (readonly [words: string, query: string])[] = [
  ['everybody, by name', ''],
  ['everybody, last name first', '$orderby=displayName desc'],
  ['everybody, by user name', '$orderby=userPrincipalName'],
  ['everybody, newest first', '$orderby=createdDateTime desc'],
  ['a letter that many begin with', search('s')],
  ['a name that a few begin with', search('sperson 4200')],
  ['a user name of one', search('user424242@')],
  ['what everybody’s user name begins with', search('user')],
  ['a name of nobody', search('zzzz')],
  ['who is blocked', '$filter=accountEnabled eq false&$orderby=displayName'],
  ['who is not blocked, by user name', '$filter=accountEnabled eq true&$orderby=userPrincipalName'],
  ['guests', "$filter=userType eq 'Guest'&$orderby=displayName"],
  ['a letter, and blocked', `$filter=(${beginning('s')}) and accountEnabled eq false`],
  ['a department', "$filter=startsWith(department,'Store 42')"],
  ['a small department', "$filter=startsWith(department,'Board')"],
  ['a name in a department', `$filter=(${beginning('s')}) and startsWith(department,'Store 42')`],
  ['a licence that many have', `$filter=assignedLicenses/any(x:x/skuId eq ${product})&$orderby=displayName`],
  ['a licence that few have', `$filter=assignedLicenses/any(x:x/skuId eq ${rareProduct})&$orderby=displayName`],
]

function beginning(text: string): string {
  return ['displayName', 'userPrincipalName', 'surname'].map((property) => `startsWith(${property},'${text}')`).join(' or ')
}

function search(text: string): string {
  return `$filter=${beginning(text)}`
}

/** How long the first rows of the admin center's lists take in a directory of a million, on both engines. */
export async function benchAdmin(report: Report, options: Options): Promise<void> {
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
    const tenant = await prepare(place, port, options.people)
    report.heading(`${name}: the first 50 rows among ${options.people.toLocaleString('en')} people, p99 (at most ${limitMs} ms)`)
    const server = await startProduct(place, port)
    for (const [words, query] of questions) {
      const path = `/v1.0/users?${encodeURI(query)}${query ? '&' : ''}${select}`
      const { p99, failed } = await ask({
        port,
        connections: 1,
        seconds: options.seconds,
        method: 'GET',
        paths: [path],
        token: tenant.token,
      })
      if (failed > 0) throw new Error(`${failed} requests failed: ${path}`)
      report.figure({ name: words, value: p99, unit: 'ms', floor: limitMs, ratio: limitMs / p99 })
    }
    await server.stop()
  } finally {
    rmSync(place.dataDirectory, { recursive: true, force: true })
  }
}

/** A crowd like a real one: a thousandth is blocked, a few are guests, one department is small, one licence is everywhere and one is rare. */
async function prepare(place: Place, port: number, people: number): Promise<Tenant> {
  const database = openDatabase(place)
  try {
    await migrate(database)
    const tenant = await addTenant(database, place, port, people)
    await database.migrating(async (connection) => {
      const at = `user_principal_name like 'user%'`
      await connection.run(`update users set account_enabled = 0 where ${at} and substr(id, 6, 3) = '000'`, [])
      await connection.run(`update users set user_type = 'Guest' where ${at} and substr(id, 5, 4) = '1111'`, [])
      await connection.run(
        `update users set department = 'Board', department_lowered = 'board' where ${at} and substr(id, 5, 4) = '2222'`,
        [],
      )
      const licensed = (sku: string, which: string) =>
        `insert into user_licences (tenant_id, user_id, sku_id, disabled_plans, assigned_at) select tenant_id, id, '${sku}', '[]', 1 from users where ${at} and ${which}`
      for (const sku of [product, rareProduct])
        await connection.run(
          `insert into skus (tenant_id, id, part_number, enabled_units, plans) select id, '${sku}', '${sku}', 1000000, '[]' from tenants`,
          [],
        )
      await connection.run(licensed(product, `substr(id, 8, 1) < '8'`), [])
      await connection.run(licensed(rareProduct, `substr(id, 4, 5) = '33333'`), [])
      await connection.run('analyze', [])
    })
    return tenant
  } finally {
    await database.close()
  }
}
