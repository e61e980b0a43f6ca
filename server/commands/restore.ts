import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { RestoreRefused, restoreLines } from '#server/store/backup.ts'
import { migrate } from '#server/store/migrate.ts'
import { type Command, CommandRefused } from './command.ts'
import { commandConfig, openOrExplain, prepareDirectory } from './open-installation.ts'

export const restore: Command = {
  summary: 'fills an empty database from a backup; every session ends',
  usage: 'FILE',
  async run({ environment, say }, { words: [file] }) {
    if (!file || !existsSync(file)) throw new CommandRefused('Name the file to read: restore FILE')
    const config = commandConfig(environment)
    if (!config.databaseUrl) prepareDirectory(config.dataDirectory)
    const database = openOrExplain(config)
    try {
      await migrate(database)
      const rows = await restoreLines(database, createInterface({ input: createReadStream(file), crlfDelay: Infinity }), new Date())
      say(`${rows} rows are back. Everybody has to sign in again.`)
      return 0
    } catch (error) {
      if (error instanceof RestoreRefused) throw new CommandRefused(error.message)
      throw error
    } finally {
      await database.close()
    }
  },
}
