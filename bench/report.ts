import { cpus, totalmem } from 'node:os'

export interface Figure {
  name: string
  value: number
  unit: string
  floor?: number
  /** Ours against the floor; above one is better than it. */
  ratio?: number
}

export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, SQLite ${process.versions.sqlite}`
}

export class Report {
  readonly #json: boolean

  constructor(options: { json: boolean }) {
    this.#json = options.json
    this.#say(machineLine())
  }

  heading(text: string): void {
    this.#say(`\n${text}`)
  }

  figure(figure: Figure): void {
    if (this.#json) process.stdout.write(`${JSON.stringify(figure)}\n`)
    const floor = figure.floor === undefined ? '' : `floor ${rounded(figure.floor).padStart(9)}`
    const ratio = figure.ratio === undefined ? '' : `ratio ${figure.ratio.toFixed(2)}`
    this.#say(`  ${figure.name.padEnd(58)} ${rounded(figure.value).padStart(9)} ${figure.unit.padEnd(6)} ${floor.padEnd(16)} ${ratio}`)
  }

  #say(line: string): void {
    if (!this.#json) process.stdout.write(`${line}\n`)
  }
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
