import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, type Environment, readConfig } from '#server/config.ts'
import { type Limits, usualLimits } from '#server/domain/budget.ts'
import { type Database, openDatabase, openToRead } from '#server/store/database.ts'
import { DataDirectoryBusy, DataDirectoryEmpty } from '#server/store/sqlite.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'
import { CommandRefused } from './command.ts'

/** The configuration of a command that works beside or instead of the server, in production and evaluation alike. */
export function commandConfig(environment: Environment): Config {
  const { config, problems } = readConfig(environment, 'evaluate')
  const real = problems.filter((problem) => !/^(?:HOST|TLS)/.test(problem))
  if (real.length > 0) throw new CommandRefused(real.join('\n'))
  return config
}

export function prepareDirectory(directory: string): void {
  if (existsSync(directory)) return
  mkdirSync(directory, { recursive: true, mode: 0o700 })
}

export function openOrExplain(config: Config): Database {
  try {
    return openDatabase(config)
  } catch (error) {
    if (!(error instanceof DataDirectoryBusy)) throw error
    throw new CommandRefused(`Another Sesam already works with ${config.dataDirectory}. Stop it first, or choose another DATA_DIR.`)
  }
}

/** For commands that change what is there and make nothing new. */
export function openExistingOrExplain(config: Config): Database {
  if (!config.databaseUrl && !existsSync(join(config.dataDirectory, 'sesam.db'))) throw nothingIn(config)
  return openOrExplain(config)
}

export function openToReadOrExplain(config: Config): Database {
  try {
    return openToRead(config)
  } catch (error) {
    if (!(error instanceof DataDirectoryEmpty)) throw error
    throw nothingIn(config)
  }
}

function nothingIn({ dataDirectory }: Config): CommandRefused {
  return new CommandRefused(`There is no database in ${dataDirectory}. Start an evaluation with npm start, or run bootstrap.`)
}

export function installationOf(
  config: Config,
  database: Database,
  { limits = usualLimits, reachesLoopback = false }: { limits?: Limits; reachesLoopback?: boolean } = {},
): Installation {
  const masterKey = masterKeyOf(config)
  return new Installation({ database, masterKey, publicUrl: config.publicUrl, limits, reachesLoopback, now: () => new Date() })
}

const keyFile = 'master.key'

/** The configured key, or the one an evaluation made for itself. */
function masterKeyOf(config: Config): MasterKey {
  if (config.masterKey) return new MasterKey(config.masterKey)
  const path = join(config.dataDirectory, keyFile)
  if (!existsSync(path)) throw new CommandRefused('MASTER_KEY is missing.')
  return new MasterKey(Buffer.from(readFileSync(path, 'utf8'), 'base64'))
}

export function makeMasterKey(directory: string): void {
  const path = join(directory, keyFile)
  if (existsSync(path)) return
  writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600 })
  chmodSync(path, 0o600)
}
