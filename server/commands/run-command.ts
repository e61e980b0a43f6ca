import { parseArgs } from 'node:util'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { bootstrap } from './bootstrap.ts'
import { type Command, CommandRefused, type Surroundings } from './command.ts'
import { config } from './config.ts'
import { evaluate } from './evaluate.ts'
import { importCommand } from './import.ts'
import { keys } from './keys.ts'
import { migrate } from './migrate.ts'
import { organisation } from './organisation.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { token } from './token.ts'

const commands: Readonly<Record<string, Command>> = {
  evaluate,
  serve,
  migrate,
  bootstrap,
  organisation,
  import: importCommand,
  config,
  keys,
  backup,
  restore,
  audit,
  token,
}

/** Carries out what stands on the command line; answers the exit code. */
export async function runCommand(around: Surroundings, [name = '--help', ...rest]: readonly string[]): Promise<number> {
  if (name === '--help' || name === 'help') return help(around)
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
    if (values.help) return helpFor(around, name, command)
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

function help(around: Surroundings): number {
  around.say('Sesam, an identity provider for people who have a phone number but no password.\n')
  around.say('  npm run sesam -- <command> [--help]\n')
  for (const [name, { summary }] of Object.entries(commands)) around.say(`  ${name.padEnd(12)} ${summary}`)
  return 0
}

function helpFor(around: Surroundings, name: string, { summary, usage, options = {} }: Command): number {
  around.say(`${summary}\n\n  npm run sesam -- ${name} ${usage}\n`)
  for (const [option, { meaning }] of Object.entries(options)) around.say(`  --${option.padEnd(14)} ${meaning}`)
  return 0
}
