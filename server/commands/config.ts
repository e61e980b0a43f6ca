import { describeConfig, readConfig } from '#server/config.ts'
import type { Command } from './command.ts'

export const config: Command = {
  summary: 'prints the configuration with secrets as stars, and what is wrong with it',
  usage: '',
  async run({ environment, say }) {
    for (const line of describeConfig(environment)) say(line)
    const { problems } = readConfig(environment, 'serve')
    say('')
    for (const problem of problems) say(`! ${problem}`)
    say(problems.length === 0 ? 'serve would start with this.' : 'serve would refuse to start.')
    return problems.length === 0 ? 0 : 1
  },
}
