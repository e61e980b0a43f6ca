import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Measured, Order } from './load.ts'
import { readyPath, type Seat } from './seat.ts'

const root = join(import.meta.dirname, '../..')
const linux = process.platform === 'linux'
const ticksPerSecond = 100
const pageBytes = 4096

/** Whether whoever asks and whoever answers can each be given a core. */
export const canPin = linux && availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0

const coreOfPeople = 0
const coreOfServers = 1

/** A server of this bench, as a process of its own. */
export interface Server {
  seat: Seat
  /** From the start of the process to its first answer. */
  startedInMs: number
  /** Processor time it has used so far. */
  cpuMs(): number
  residentMb(): number
  /** What it said in the end. */
  stop(): Promise<string>
}

export interface Start {
  /** The file of this folder it runs. */
  program: string
  seat: Seat
  /** More for Node, before the program. */
  flags?: readonly string[]
}

/** As `npm run serve` starts ours: a small nursery costs nothing measurable and saves some twenty megabytes. */
const asServed = ['--max-semi-space-size=4']

export async function startServer({ program, seat, flags = [] }: Start): Promise<Server> {
  const began = performance.now()
  const nodes = [...asServed, ...flags, `bench/sign-in/${program}`, JSON.stringify(seat)]
  const child = spawnPinned(coreOfServers, nodes, ['ignore', 'ignore', 'pipe'])
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  try {
    await firstAnswer(child, seat.port)
  } catch (error) {
    throw new Error(`${program}: ${said}`, { cause: error })
  }
  return {
    seat,
    startedInMs: performance.now() - began,
    cpuMs: () => cpuMs(child),
    residentMb: () => residentMb(child),
    stop: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve(said))
        child.kill('SIGTERM')
      }),
  }
}

/** Another process is the people, and says what they saw. */
export function signIn(order: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawnPinned(coreOfPeople, ['bench/sign-in/load.ts'], ['pipe', 'pipe', 'inherit'])
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
    })
    child.once('exit', (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error('the load generator failed'))))
    child.stdin?.end(JSON.stringify(order))
  })
}

function spawnPinned(core: number, nodeArguments: readonly string[], stdio: ('ignore' | 'pipe' | 'inherit')[]): ChildProcess {
  const [command, args] = canPin
    ? ['taskset', ['-c', String(core), process.execPath, ...nodeArguments]]
    : [process.execPath, [...nodeArguments]]
  return spawn(command, args, { cwd: root, env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' }, stdio })
}

async function firstAnswer(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (child.exitCode !== null) throw new Error('the server did not start')
    const answered = await fetch(`http://127.0.0.1:${port}${readyPath}`).catch(() => undefined)
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('the server did not answer')
}

function cpuMs({ pid }: ChildProcess): number {
  if (!linux) return Number.NaN
  // The name of the program stands in brackets and may hold blanks; what follows is counted from there.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

function residentMb({ pid }: ChildProcess): number {
  if (!linux) return Number.NaN
  return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes) / 1_000_000
}
