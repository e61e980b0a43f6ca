import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../test/postgres-server.ts'
import type { Report } from './report.ts'
import { canPin, signIn, startServer } from './sign-in/contenders.ts'
import { sharesIn } from './sign-in/profile.ts'
import { checked, type Entry, medianOf, orderFor, playRounds, type Seen, type Timing } from './sign-in/rounds.ts'
import { prepareSides, type Side, type Sides } from './sign-in/sides.ts'

export interface Options {
  people: number
  seconds: number
  rounds: number
  /** How many are signing in at once. */
  crowd: number
  /** Only one of the two. */
  engine: string | undefined
}

/** Whole sign-ins by phone number, on both engines, side by side with a floor, a bare protocol library and a peer. */
export async function benchSignIn(report: Report, options: Options): Promise<void> {
  report.heading(
    canPin
      ? 'Servers on one core, the people on another; PostgreSQL on whichever is free.'
      : 'Cores could not be given out: everybody shares them, so the figures shake more.',
  )
  const [load = 0] = loadavg()
  report.figure({ name: 'load of the machine before it begins', value: load, unit: '' })
  if (options.engine !== 'postgres') await benchEngine('SQLite', undefined, report, options)
  if (options.engine === 'sqlite') return
  const postgres = await startPostgres({ durable: true })
  try {
    await benchEngine('PostgreSQL', postgres.address, report, options)
  } finally {
    await postgres.stop()
  }
}

async function benchEngine(name: string, postgres: string | undefined, report: Report, options: Options): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-bench-'))
  try {
    const sides = await prepareSides(directory, postgres, options.people)
    report.heading(`${name}: start`)
    await benchStart(name, sides.ours, report)
    report.heading(`${name}: one sign-in`)
    await benchOne(name, sides, report)
    report.heading(`${name}: whole sign-ins, ${options.crowd} at once`)
    await benchSides(name, sides, report, options)
    if (postgres) {
      report.heading(`${name}: a second server process, on the same core and the same store`)
      await benchSecond(name, sides.ours, report, options)
    }
    report.heading(`${name}: where the time of a sign-in goes`)
    await benchShares(name, sides.ours, directory, report, options)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function benchStart(name: string, { program, seat }: Side, report: Report): Promise<void> {
  const server = await startServer({ program, seat })
  report.figure({ name: `${name}: start to first answer`, value: server.startedInMs, unit: 'ms' })
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  report.figure({ name: `${name}: memory, idle`, value: server.residentMb(), unit: 'MB' })
  await server.stop()
}

/** What a sign-in is made of, counted while nobody is in a hurry. */
async function benchOne(name: string, { ours, asking }: Sides, report: Report): Promise<void> {
  for (const side of [ours, asking]) {
    const server = await startServer({ program: side.program, seat: { ...side.seat, counts: true } })
    const one = await checked(side, signIn({ ...orderFor(side, [server]), inFlight: 1, from: 0, seconds: 2 }))
    const said: Record<string, number> = JSON.parse(await server.stop())
    const which = side === asking ? ', asked whether to stay signed in' : ''
    report.figure({ name: `${name}: requests${which}`, value: one.requestsPerFlow, unit: '' })
    report.figure({ name: `${name}: bytes of all answers${which}`, value: one.bytesPerFlow, unit: 'B' })
    if (side === asking) continue
    report.figure({ name: `${name}: bytes of the first page, all there is to it`, value: one.firstPageBytes, unit: 'B' })
    const commits = (said['transactions'] ?? 0) + (said['alone'] ?? 0)
    report.figure({ name: `${name}: durable commits`, value: commits / one.flows, unit: '' })
    const statements = (said['alone'] ?? 0) + (said['statementsInTransactions'] ?? 0) + (said['reads'] ?? 0)
    report.figure({ name: `${name}: statements`, value: statements / one.flows, unit: '' })
    report.figure({ name: `${name}: one after the other, p50`, value: one.flow.p50, unit: 'ms' })
  }
}

async function benchSides(name: string, sides: Sides, report: Report, timing: Timing): Promise<void> {
  const order = [sides.ours, sides.floor, sides.bare, sides.codes, sides.peer]
  const entries: Entry[] = order.map((side) => ({ side, servers: 1, half: side === sides.ours || side === sides.codes }))
  const [ours, floor, bare, codes, peer] = await playRounds(entries, timing)
  const perSecond = (seen: readonly Seen[] | undefined) => medianOf(seen, (one) => one.perSecond)

  const against = (what: string, value: readonly Seen[] | undefined, other: readonly Seen[] | undefined) => {
    const [mine, theirs] = [perSecond(value), perSecond(other)]
    report.figure({ name: `${name}: ${what}`, value: mine, unit: '/s', floor: theirs, ratio: mine / theirs })
    // On a machine that does other work meanwhile, this shakes far less than how many a second.
    const [cost, otherCost] = [medianOf(value, ({ cpuMs }) => cpuMs), medianOf(other, ({ cpuMs }) => cpuMs)]
    report.figure({ name: `${name}: the same in processor time`, value: cost, unit: 'ms', floor: otherCost, ratio: otherCost / cost })
  }
  against('whole sign-ins, against the floor', ours, floor)
  against('whole sign-ins, against bare oidc-provider', ours, bare)
  against("whole sign-ins, against better-auth's send and verify", ours, peer)
  against('send and verify alone, against better-auth', codes, peer)

  for (const [index, { side }] of entries.entries()) {
    const seen = [ours, floor, bare, codes, peer][index]
    report.figure({ name: `${name}: ${side.name}, full load, p50`, value: medianOf(seen, (one) => one.flow.p50), unit: 'ms' })
    report.figure({ name: `${name}: ${side.name}, full load, p99`, value: medianOf(seen, (one) => one.flow.p99), unit: 'ms' })
    report.figure({ name: `${name}: ${side.name}, memory under load`, value: medianOf(seen, (one) => one.residentMb), unit: 'MB' })
  }
  for (const [what, seen] of [
    ['whole sign-in', ours],
    ['send and verify', codes],
  ] as const) {
    const halves = (value: (one: NonNullable<Seen['half']>) => number) => medianOf(seen, ({ half }) => (half ? value(half) : Number.NaN))
    report.figure({ name: `${name}: half load, ${what}, p50`, value: halves((half) => half.flow.p50), unit: 'ms' })
    report.figure({ name: `${name}: half load, ${what}, p99`, value: halves((half) => half.flow.p99), unit: 'ms' })
    report.figure({ name: `${name}: half load, one request of it, p99`, value: halves((half) => half.request.p99), unit: 'ms' })
  }
}

async function benchSecond(name: string, side: Side, report: Report, timing: Timing): Promise<void> {
  const entries = [2, 1].map((servers) => ({ side, servers, half: false }))
  const [two, one] = await playRounds(entries, timing)
  const perSecond = (seen: readonly Seen[] | undefined) => medianOf(seen, ({ perSecond: value }) => value)
  const [mine, theirs] = [perSecond(two), perSecond(one)]
  report.figure({ name: `${name}: two processes, against one`, value: mine, unit: '/s', floor: theirs, ratio: mine / theirs })
  const [withTwo, withOne] = [medianOf(two, ({ cpuMs }) => cpuMs), medianOf(one, ({ cpuMs }) => cpuMs)]
  report.figure({
    name: `${name}: processor time each, two processes, against one`,
    value: withTwo,
    unit: 'ms',
    floor: withOne,
    ratio: withOne / withTwo,
  })
}

async function benchShares(name: string, side: Side, directory: string, report: Report, { seconds, crowd }: Timing): Promise<void> {
  const profile = join(directory, 'profile')
  const flags = ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const server = await startServer({ program: side.program, seat: side.seat, flags })
  await checked(side, signIn({ ...orderFor(side, [server]), inFlight: crowd, from: 0, seconds: Math.max(4, seconds) * 3 }))
  await server.stop()
  for (const { name: owner, share } of sharesIn(profile)) {
    report.figure({ name: `${name}: ${owner}`, value: share * 100, unit: '%' })
  }
}
