const failuresMax = 5
const windowMs = 30_000
const openMs = 30_000

/** Leaves a gateway alone that fails again and again. After a rest one more failure is enough to leave it alone again. */
export class Circuit {
  #failures: number[] = []
  #openUntil = 0

  /** When it may be tried again; undefined while it may be tried now. */
  opensAt(now: Date): Date | undefined {
    return now.getTime() < this.#openUntil ? new Date(this.#openUntil) : undefined
  }

  failed(now: Date): void {
    const at = now.getTime()
    const isOnTrial = this.#openUntil > 0
    this.#failures = [...this.#failures.filter((then) => then > at - windowMs), at]
    if (isOnTrial || this.#failures.length >= failuresMax) this.#openUntil = at + openMs
  }

  succeeded(): void {
    this.#failures = []
    this.#openUntil = 0
  }
}
