import { median } from '../report.ts'
import { type Server, signIn, startServer } from './contenders.ts'
import type { Measured, Order } from './load.ts'
import type { Side } from './sides.ts'

export interface Timing {
  seconds: number
  rounds: number
  /** How many are signing in at once. */
  crowd: number
}

/** What one round saw of one side. */
export interface Seen extends Measured {
  cpuMs: number
  residentMb: number
  /** The same at half of what it can do. */
  half: Measured | undefined
}

const residentEveryMs = 100

/** Servers of one side: usually one, or several that share its store. */
export interface Entry {
  side: Side
  servers: number
  /** Also at half load. */
  half: boolean
}

/** Sides take turns, so that a noisy minute hits all of them. */
export async function playRounds(entries: readonly Entry[], timing: Timing): Promise<Seen[][]> {
  const seen: Seen[][] = entries.map(() => [])
  for (let round = 0; round < timing.rounds; round++) {
    for (const [index, entry] of entries.entries()) seen[index]?.push(await play(entry, timing, round))
  }
  return seen
}

async function play({ side, servers: count, half }: Entry, { seconds, crowd }: Timing, round: number): Promise<Seen> {
  const servers = await startAll(side, count)
  try {
    const order = { ...orderFor(side, servers), inFlight: crowd, from: round * 3_001, seconds }
    // What runs for the first time is compiled first; that is no part of how quick it is.
    await checked(side, signIn({ ...order, seconds: Math.max(4, seconds) }))
    const full = await watched(servers, () => checked(side, signIn(order)))
    const slower = half && (await checked(side, signIn({ ...order, inFlight: 2 * crowd, perSecond: full.perSecond / 2 })))
    return { ...full, half: slower || undefined }
  } finally {
    for (const server of servers) await server.stop()
  }
}

async function startAll(side: Side, count: number): Promise<Server[]> {
  const servers: Server[] = []
  for (let index = 0; index < count; index++) {
    const { port, codePort } = side.seat
    servers.push(await startServer({ program: side.program, seat: { ...side.seat, port: port + index, codePort: codePort + index } }))
  }
  return servers
}

export function orderFor({ way, seat }: Side, servers: readonly Server[]): Omit<Order, 'inFlight' | 'from' | 'seconds'> {
  return {
    way,
    ports: servers.map((server) => server.seat.port),
    codePorts: servers.map((server) => server.seat.codePort),
    host: new URL(seat.publicUrl).host,
    people: seat.people,
  }
}

/** A sign-in that fails is no sign-in, however quick. */
export async function checked(side: Side, measured: Promise<Measured>): Promise<Measured> {
  const { failed, failure, ...rest } = await measured
  if (failed > 0) throw new Error(`${failed} sign-ins failed (${side.name}), the first with ${failure}`)
  return { ...rest, failed, failure }
}

async function watched(
  servers: readonly Server[],
  run: () => Promise<Measured>,
): Promise<Measured & { cpuMs: number; residentMb: number }> {
  const used = () => servers.reduce((sum, server) => sum + server.cpuMs(), 0)
  const before = used()
  let residentMb = 0
  const timer = setInterval(() => {
    residentMb = Math.max(residentMb, ...servers.map((server) => server.residentMb()))
  }, residentEveryMs)
  const measured = await run()
  clearInterval(timer)
  return { ...measured, cpuMs: (used() - before) / measured.flows, residentMb }
}

export function medianOf(seen: readonly Seen[] | undefined, value: (one: Seen) => number): number {
  return median((seen ?? []).map(value))
}
