import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, readConfig } from '#server/config.ts'
import type { Database } from '#server/store/database.ts'
import { findFact, setFact } from '#server/store/installation-facts.ts'
import { migrate } from '#server/store/migrate.ts'
import { type Command, CommandRefused } from './command.ts'
import { makeEvaluationOrganisation } from './evaluation-organisation.ts'
import { listenUntilEnded } from './listen.ts'
import { installationOf, makeMasterKey, openOrExplain, prepareDirectory } from './open-installation.ts'

export const evaluate: Command = {
  summary: 'starts with a sample organisation, on this machine only; what npm start runs',
  usage: '[--fresh]',
  options: { fresh: { type: 'boolean', meaning: 'forget the evaluation before this one' } },
  async run(around, { options: { fresh } }) {
    const { config, problems } = readConfig(around.environment, 'evaluate')
    if (problems.length > 0) throw new CommandRefused(problems.join('\n'))
    prepareDirectory(config.dataDirectory)
    if (fresh) await forget(config)
    const database = openOrExplain(config)
    try {
      await migrate(database)
      await refuseProduction(database)
      makeMasterKey(config.dataDirectory)
      const installation = installationOf(config, database)
      await makeEvaluationOrganisation(installation)
      await database.inTransaction(async (connection) => {
        await setFact(connection, 'mode', 'evaluation')
        await setFact(connection, 'public_url', config.publicUrl)
      })
      await listenUntilEnded(around, config, installation, () => welcome(config, around.say))
      return 0
    } finally {
      await database.close()
    }
  },
}

const ownFiles = ['sesam.db', 'sesam.db-wal', 'sesam.db-shm', 'master.key', 'audit-checkpoints.jsonl']

/** Only what an evaluation made is thrown away: never a database somebody works with, nor one on another server. */
async function forget(config: Config): Promise<void> {
  if (config.databaseUrl) throw new CommandRefused('--fresh only forgets the embedded database. Give DATABASE_URL an empty one instead.')
  if (!existsSync(join(config.dataDirectory, 'sesam.db'))) return
  const database = openOrExplain(config)
  try {
    await migrate(database)
    await refuseProduction(database)
  } finally {
    await database.close()
  }
  for (const name of ownFiles) rmSync(join(config.dataDirectory, name), { force: true })
}

async function refuseProduction(database: Database): Promise<void> {
  const tenants = await database.kysely.selectFrom('tenants').select('id').limit(1).execute()
  if (tenants.length === 0 || (await findFact(database, 'mode')) === 'evaluation') return
  throw new CommandRefused('This database holds a real organisation. An evaluation needs a DATA_DIR or DATABASE_URL of its own.')
}

function welcome({ publicUrl }: Config, say: (line: string) => void): void {
  say(`
Sesam is running for an evaluation: ${publicUrl}
The sample organisation is Contoso (contoso.example), and only this machine can reach it.

  API reference   ${publicUrl}/docs/api
  OpenAPI         ${publicUrl}/openapi.json
  Health          ${publicUrl}/health/ready

Try it from another terminal, in this folder:

  TOKEN=$(npm run --silent token -- --user admin@contoso.example)
  curl -H "Authorization: Bearer $TOKEN" "${publicUrl}/v1.0/users?\\$select=displayName,userPrincipalName"

  admin@contoso.example            Global Administrator
  authadmin@contoso.example        Authentication Administrator
  manager.utrecht@contoso.example  manages the store in Utrecht, and nobody else
  anna@contoso.example             works there; in the group “Contoso SMS Users”

Stop with Ctrl+C. Your data stays in place; npm start -- --fresh begins again.`)
}
