import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditVerify } from './audit-verify.ts'
import { type Command, CommandRefused } from './command.ts'
import { commandConfig, installationOf, openToReadOrExplain } from './open-installation.ts'

export const audit: Command = {
  summary: 'verify: checks that nobody edited, removed, added or reordered the audit log',
  usage: 'verify',
  async run({ environment, say }, { words: [what] }) {
    if (what !== 'verify') throw new CommandRefused('What to do with the audit log: audit verify')
    const config = commandConfig(environment)
    const database = openToReadOrExplain(config)
    try {
      const shipped = join(config.dataDirectory, 'audit-checkpoints.jsonl')
      const lines = existsSync(shipped) ? readFileSync(shipped, 'utf8').split('\n').filter(Boolean) : []
      return (await auditVerify(installationOf(config, database), lines, say)) ? 0 : 1
    } finally {
      await database.close()
    }
  },
}
