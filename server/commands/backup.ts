import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { backupLines } from '#server/store/backup.ts'
import { type Command, CommandRefused } from './command.ts'
import { commandConfig, openToReadOrExplain } from './open-installation.ts'

export const backup: Command = {
  summary: 'writes everything to one file, while the server goes on',
  usage: 'FILE',
  async run({ environment, say }, { words: [file] }) {
    if (!file) throw new CommandRefused('Name the file to write: backup FILE')
    const config = commandConfig(environment)
    const database = openToReadOrExplain(config)
    try {
      // The first line and the last one tell of the rows between them.
      let rows = -2
      await database.reading(async (snapshot) => {
        const lines = Readable.from(
          (async function* () {
            for await (const line of backupLines(snapshot, new Date())) {
              rows++
              yield `${line}\n`
            }
          })(),
        )
        await pipeline(lines, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      })
      say(`${rows} rows are in ${file}. It is useless without the master key: keep that too, somewhere else.`)
      return 0
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new CommandRefused(`${file} exists already.`)
      throw error
    } finally {
      await database.close()
    }
  },
}
