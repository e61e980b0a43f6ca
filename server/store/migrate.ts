import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import * as directory from './migrations/0001-directory.ts'
import * as keysAndAudit from './migrations/0002-keys-and-audit.ts'
import * as phonesAndPolicies from './migrations/0003-phones-and-policies.ts'
import * as challenges from './migrations/0004-challenges.ts'
import * as apps from './migrations/0005-apps.ts'
import * as signInLog from './migrations/0006-sign-in-log.ts'
import * as signingKeys from './migrations/0007-signing-keys.ts'
import * as oidc from './migrations/0008-oidc.ts'
import * as methodsPolicy from './migrations/0009-methods-policy.ts'
import * as phoneMethods from './migrations/0010-phone-methods.ts'
import * as imports from './migrations/0011-imports.ts'
import * as calls from './migrations/0012-calls.ts'
import * as mail from './migrations/0013-mail.ts'
import * as passwords from './migrations/0014-passwords.ts'
import * as registrationSnoozes from './migrations/0015-registration-snoozes.ts'
import * as sessions from './migrations/0016-sessions.ts'
import * as notices from './migrations/0017-notices.ts'
import * as passes from './migrations/0019-passes.ts'
import * as staff from './migrations/0020-staff.ts'
import * as reregistrations from './migrations/0021-reregistrations.ts'
import * as nestedGroups from './migrations/0022-nested-groups.ts'
import * as tallies from './migrations/0023-tallies.ts'
import * as afterSmsSignIn from './migrations/0024-after-sms-sign-in.ts'
import * as ownGateways from './migrations/0025-own-gateways.ts'
import * as userLists from './migrations/0026-user-lists.ts'

/** Forward only; never edited after a release. */
const migrations: Record<string, Migration> = {
  '0001-directory': directory,
  '0002-keys-and-audit': keysAndAudit,
  '0003-phones-and-policies': phonesAndPolicies,
  '0004-challenges': challenges,
  '0005-apps': apps,
  '0006-sign-in-log': signInLog,
  '0007-signing-keys': signingKeys,
  '0008-oidc': oidc,
  '0009-methods-policy': methodsPolicy,
  '0010-phone-methods': phoneMethods,
  '0011-imports': imports,
  '0012-calls': calls,
  '0013-mail': mail,
  '0014-passwords': passwords,
  '0015-registration-snoozes': registrationSnoozes,
  '0016-sessions': sessions,
  '0017-notices': notices,
  '0019-passes': passes,
  '0020-staff': staff,
  '0021-reregistrations': reregistrations,
  '0022-nested-groups': nestedGroups,
  '0023-tallies': tallies,
  '0024-after-sms-sign-in': afterSmsSignIn,
  '0025-own-gateways': ownGateways,
  '0026-user-lists': userLists,
}

export const newestMigration = Object.keys(migrations).at(-1) ?? ''

export async function migrate(database: Database, list = migrations): Promise<string[]> {
  const { error, results } = await database.migrating((connection) => migratorOf(connection, list).migrateToLatest())
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

export async function pendingMigrations(connection: Connection): Promise<string[]> {
  const tables = await connection.kysely.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return Object.keys(migrations)
  const all = await migratorOf(connection, migrations).getMigrations()
  return all.filter((migration) => !migration.executedAt).map((migration) => migration.name)
}

function migratorOf(connection: Connection, list: Record<string, Migration>): Migrator {
  return new Migrator({
    // The migrator types its database loosely, since a schema changes under it.
    db: connection.kysely as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => list },
  })
}
