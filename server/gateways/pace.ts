import { setTimeout as pause } from 'node:timers/promises'

/** Lets so many a second through, one behind the other. */
export class Pace {
  readonly #gapMs: number
  #next = 0

  constructor(perSecond: number | undefined) {
    this.#gapMs = perSecond === undefined ? 0 : 1000 / perSecond
  }

  /** How long the next one would wait now. */
  behindMs(): number {
    return Math.max(0, this.#next - performance.now())
  }

  /** False where the signal ended the wait. */
  async turn(signal: AbortSignal): Promise<boolean> {
    if (this.#gapMs > 0) {
      const now = performance.now()
      const mine = Math.max(now, this.#next)
      this.#next = mine + this.#gapMs
      if (mine > now) await pause(mine - now, undefined, { signal }).catch(() => {})
    }
    return !signal.aborted
  }
}
