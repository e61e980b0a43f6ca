import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Measured, Order } from './load.ts'

export interface Place {
  dataDirectory: string
  databaseUrl: string | undefined
  masterKey: string
}

export interface Running {
  port: number
  /** From the start of the process to its first answer. */
  startedInMs: number
  residentMb(): number
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')

/** As `npm run serve` starts it: a small nursery costs nothing measurable and saves some twenty megabytes. */
const asServed = ['--max-semi-space-size=4']

export function startProduct(place: Place, port: number, options: { slowDisk?: boolean } = {}): Promise<Running> {
  const environment = {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: place.dataDirectory,
    MASTER_KEY: place.masterKey,
    MIGRATE_AT_START: 'yes',
    ...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
  }
  return start([...slow(options), ...asServed, 'server/main.ts', 'serve'], environment, port)
}

export function startFloor(place: Place, port: number, options: { slowDisk?: boolean } = {}): Promise<Running> {
  return start(
    [...slow(options), 'bench/serve-floor.ts', String(port), place.dataDirectory, place.databaseUrl ?? '', place.masterKey],
    {},
    port,
  )
}

function slow({ slowDisk }: { slowDisk?: boolean }): string[] {
  return slowDisk ? ['--import', './bench/slow-disk.ts'] : []
}

async function start(args: readonly string[], environment: Record<string, string>, port: number): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await firstAnswer(child, port)
  return {
    port,
    startedInMs: performance.now() - began,
    residentMb: () => residentMb(child),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function firstAnswer(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (child.exitCode !== null) throw new Error('the server did not start')
    const answered = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined)
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('the server did not answer')
}

function residentMb(child: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  const pages = Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1])
  return (pages * 4096) / 1_000_000
}

/** Lets another process ask, and hears what it measured. */
export function ask(order: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bench/load.ts'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.once('exit', (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error('the load generator failed'))))
    child.stdin.end(JSON.stringify(order))
  })
}
