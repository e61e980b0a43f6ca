import { type Config, directoryProblem, readConfig } from '#server/config.ts'
import { clockDifferenceMaxMs } from '#server/http/health.ts'
import type { Database } from '#server/store/database.ts'
import { migrate, pendingMigrations } from '#server/store/migrate.ts'
import { type Command, CommandRefused } from './command.ts'
import { listenUntilEnded } from './listen.ts'
import { installationOf, openOrExplain, prepareDirectory } from './open-installation.ts'

export const serve: Command = {
  summary: 'runs in production; refuses to start on anything unsafe',
  usage: '',
  async run(around) {
    const { config, problems } = readConfig(around.environment, 'serve')
    prepareDirectory(config.dataDirectory)
    problems.push(...[directoryProblem(config.dataDirectory)].filter((problem) => problem !== undefined))

    const database = openOrNote(config, problems)
    try {
      if (database && config.migrateAtStart) await migrate(database)
      if (database) problems.push(...(await storeProblems(database)))
      if (!database || problems.length > 0) {
        throw new CommandRefused(`Sesam does not start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
      }
      await listenUntilEnded(around, config, installationOf(config, database), () => around.say(`Sesam answers at ${config.publicUrl}`))
      return 0
    } finally {
      await database?.close()
    }
  },
}

function openOrNote(config: Config, problems: string[]): Database | undefined {
  try {
    return openOrExplain(config)
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

async function storeProblems(database: Database): Promise<string[]> {
  try {
    const problems: string[] = []
    const pending = await pendingMigrations(database)
    if (pending.length > 0) {
      problems.push(`The database lacks ${pending.join(', ')}. Run migrate first, or allow it with MIGRATE_AT_START=yes.`)
    }
    const storeTime = await database.storeTime()
    const difference = storeTime === undefined ? 0 : Math.abs(storeTime - Date.now())
    if (difference > clockDifferenceMaxMs)
      problems.push(`This machine's clock and the database's differ by ${Math.round(difference / 1000)} s.`)
    return problems
  } catch (error) {
    return [`The database does not answer (${error instanceof Error ? (error.cause ?? error) : error}).`]
  }
}
