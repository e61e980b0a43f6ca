import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Place } from '../servers.ts'

const root = join(import.meta.dirname, '../..')
const everyMs = 100

export interface Imported {
  rowsPerSecond: number
  /** Halfway and at its highest: what does not grow with the file is flat. */
  halfwayMb: number
  highestMb: number
}

/** Brings in so many people, each with a number to sign in with, by the command an operator would use. */
export async function importPeople(place: Place, domain: string, rows: number): Promise<Imported> {
  const file = join(place.dataDirectory, `people-${domain}.csv`)
  await pipeline(Readable.from(linesOf(domain, rows)), createWriteStream(file))
  const began = performance.now()
  const samples = await run(place, ['import', file, '--organisation', domain])
  const seconds = (performance.now() - began) / 1000
  return {
    rowsPerSecond: rows / seconds,
    halfwayMb: samples[Math.floor(samples.length / 2)] ?? Number.NaN,
    highestMb: Math.max(...samples),
  }
}

function* linesOf(domain: string, rows: number): Generator<string> {
  yield 'userPrincipalName,displayName,givenName,surname,department,preferredLanguage,authenticationPhone\n'
  for (let n = 0; n < rows; n++) {
    yield `import${n}@${domain},Person ${n},Given ${n},Family ${n},Store ${n % 50},nl,+31 6${40_000_000 + n}\n`
  }
}

/** How much memory it held, again and again. */
async function run(place: Place, args: readonly string[]): Promise<number[]> {
  const environment = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: place.dataDirectory,
    MASTER_KEY: place.masterKey,
    ...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
  }
  const child = spawn(process.execPath, ['server/main.ts', ...args], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
    })
  }
  const samples: number[] = []
  const sampling = setInterval(() => samples.push(residentMb(child.pid)), everyMs)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(sampling)
  if (code !== 0) throw new Error(`the import failed: ${said}`)
  return samples.filter((sample) => sample > 0)
}

function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_000_000
  } catch {
    // It ended between two looks.
    return 0
  }
}
