import { createReadStream, existsSync } from 'node:fs'
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
      const rows = await restoreLines(database, linesOf(file), new Date())
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

/** Not readline's own iterator, which waits for ever when the file has ended before somebody begins to read. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}
