import assert from 'node:assert/strict'
import type { PageAnswer } from './visitor.ts'

/** What differs from one visit to the next by chance, and what somebody typed, taken out. */
export function leveled({ status, headers, text }: PageAnswer, url: string): string {
  const plain = (part: string) =>
    part
      .replaceAll(url, '/flow')
      .replaceAll(/nonce(?:-|=")[\w+/=]+/g, 'nonce')
      .replaceAll(/name="t" value="[\w-]+"/g, 'name="t"')
      .replaceAll(/=[\w.~-]{40,}/g, (value) => `=${value.length}`)
      .replaceAll(/\+\d\d •+\d\d/g, 'typed')
  const told = Object.entries(headers).filter(([name]) => name !== 'request-id' && name !== 'date')
  return [status, ...told.map(([name, value]) => `${name}: ${plain(String(value))}`), plain(text)].join('\n')
}

/** How likely ranks this far apart are if both come from one source: Mann and Whitney's test, by the normal distribution. Below zero: `a` is faster. */
function apartBy(a: readonly number[], b: readonly number[]): { z: number; medians: number } {
  const ranked = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))].sort(
    (x, y) => x.value - y.value,
  )
  const rankSum = ranked.reduce((sum, { isA }, index) => sum + (isA ? index + 1 : 0), 0)
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return { z: (u - (a.length * b.length) / 2) / spread, medians: median(a) - median(b) }
}

function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0
}

/** p < 0.01 on both sides. */
const zMax = 2.576
const medianMaxMs = 3

/**
 * That it takes as long whichever it is, measured by turns so that a busy machine slows all of them. It makes differences too, but not three
 * times in one direction.
 */
export async function assertAlike<Which extends string>(
  rounds: number,
  [first, ...others]: readonly [Which, ...Which[]],
  measure: (which: Which, round: number) => Promise<number>,
): Promise<void> {
  const directions = new Map<Which, number[]>(others.map((which) => [which, []]))
  for (let attempt = 0; attempt < 3; attempt++) {
    const times = new Map<Which, number[]>([first, ...directions.keys()].map((which) => [which, []]))
    for (let round = 0; round < rounds; round++) {
      const order = [...times.keys()]
      for (const which of round % 2 ? order : order.toReversed()) times.get(which)?.push(await measure(which, round))
    }
    for (const [which, found] of directions) {
      const { z, medians } = apartBy(times.get(first) ?? [], times.get(which) ?? [])
      const isAlike = Math.abs(z) <= zMax && Math.abs(medians) <= medianMaxMs
      if (isAlike || !found.every((direction) => direction === Math.sign(z))) directions.delete(which)
      else found.push(Math.sign(z))
      if (found.length === 3) assert.fail(`${first} and ${which}: z = ${z.toFixed(2)}, medians ${medians.toFixed(2)} ms apart`)
    }
    if (directions.size === 0) return
  }
}
