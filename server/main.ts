import { parseArgs } from 'node:util'
import { audit } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { bootstrap } from './commands/bootstrap.ts'
import { type Command, CommandRefused, type Surroundings } from './commands/command.ts'
import { config } from './commands/config.ts'
import { evaluate } from './commands/evaluate.ts'
import { migrate } from './commands/migrate.ts'
import { restore } from './commands/restore.ts'
import { serve } from './commands/serve.ts'
import { token } from './commands/token.ts'

const commands: Readonly<Record<string, Command>> = { evaluate, serve, migrate, bootstrap, config, backup, restore, audit, token }

const around: Surroundings = {
  environment: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
  ended: new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => resolve())
  }),
}

// Whatever this process writes is nobody else's to read.
process.umask(0o077)

process.exitCode = await main(process.argv.slice(2))

async function main([name = '--help', ...rest]: string[]): Promise<number> {
  if (name === '--help' || name === 'help') return help()
  const command = commands[name]
  if (!command) {
    process.stderr.write(`There is no command “${name}”. Try --help.\n`)
    return 2
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { help: { type: 'boolean' }, ...optionsOf(command) },
    })
    if (values.help) return helpFor(name, command)
    return await command.run(around, { words: positionals, options: values })
  } catch (error) {
    if (!(error instanceof CommandRefused) && !isMistypedOption(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

function optionsOf({ options = {} }: Command) {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))
}

function isMistypedOption(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function help(): number {
  around.say('Sesam, an identity provider for people who have a phone number but no password.\n')
  around.say('  npm run sesam -- <command> [--help]\n')
  for (const [name, { summary }] of Object.entries(commands)) around.say(`  ${name.padEnd(10)} ${summary}`)
  return 0
}

function helpFor(name: string, { summary, usage, options = {} }: Command): number {
  around.say(`${summary}\n\n  npm run sesam -- ${name} ${usage}\n`)
  for (const [option, { meaning }] of Object.entries(options)) around.say(`  --${option.padEnd(14)} ${meaning}`)
  return 0
}
