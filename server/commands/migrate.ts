import { migrate as migrateDatabase } from '#server/store/migrate.ts'
import type { Command } from './command.ts'
import { commandConfig, openOrExplain, prepareDirectory } from './open-installation.ts'

export const migrate: Command = {
  summary: 'brings the database up to date',
  usage: '',
  async run({ environment, say }) {
    const config = commandConfig(environment)
    if (!config.databaseUrl) prepareDirectory(config.dataDirectory)
    const database = openOrExplain(config)
    try {
      const done = await migrateDatabase(database)
      for (const name of done) say(`done: ${name}`)
      say(done.length === 0 ? 'The database was up to date.' : 'The database is up to date.')
      return 0
    } finally {
      await database.close()
    }
  },
}
