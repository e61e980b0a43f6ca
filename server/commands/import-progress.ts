import type { ReadStream } from 'node:fs'

const everyMs = 200
const barLength = 30

/** How far a file is, in one line that is written over and over; where nobody watches a terminal, nothing. */
export class ImportProgress {
  readonly #doing: string
  readonly #bytes: number
  readonly #startedAt = performance.now()
  #bytesRead = 0
  #toldAt = 0

  constructor(doing: string, bytes: number) {
    this.#doing = doing
    this.#bytes = bytes
  }

  async *watch(stream: ReadStream): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      this.#bytesRead += chunk.length
      yield chunk
    }
  }

  tell(rows: number): void {
    const now = performance.now()
    if (!process.stderr.isTTY || now - this.#toldAt < everyMs) return
    this.#toldAt = now
    const share = Math.min(1, this.#bytesRead / Math.max(1, this.#bytes))
    const seconds = (now - this.#startedAt) / 1000
    const bar = '█'.repeat(Math.round(share * barLength)).padEnd(barLength, '░')
    const left = share > 0.01 ? `, ${Math.ceil((seconds / share) * (1 - share))} s to go` : ''
    process.stderr.write(
      `\r${this.#doing} ${bar} ${Math.round(share * 100)} %, ${rows} rows, ${Math.round(rows / seconds)} a second${left}\u001b[K`,
    )
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  }
}
