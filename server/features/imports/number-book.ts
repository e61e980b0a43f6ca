import { hash } from 'node:crypto'

/** Where the same number, or one that is nearly the same, was seen before. */
export type Sighting = { kind: 'same' | 'near'; row: number } | { kind: 'near'; held: string }

const tailLength = 8

/**
 * Remembers which names and numbers a file has brought so far, and which numbers were there before. Numbers are kept as numbers and names as
 * six bytes of their hash, so a hundred thousand rows take some ten megabytes. Asked twice about one row it answers the same.
 */
export class NumberBook {
  readonly #rowOfName = new Map<number, number>()
  readonly #rowOfNumber = new Map<number, number>()
  readonly #rowOfClaim = new Map<number, number>()
  readonly #rowOfFreeing = new Map<number, number>()
  readonly #firstOfTail = new Map<number, number>()
  readonly #heldTails = new Map<number, number>()

  /** A number somebody has, in its one spelling. */
  hold(number: string): void {
    const digits = number.slice(1)
    this.#heldTails.set(tailOf(digits), Number(digits))
  }

  /** The earlier row of the same name. */
  nameSeen(name: string, row: number): number | undefined {
    const key = Buffer.from(hash('sha256', name.toLowerCase(), 'buffer')).readUIntBE(0, 6)
    return firstOf(this.#rowOfName, key, row)
  }

  /** Digits as they stand, with their country where it is known. */
  seen(digits: string, row: number): Sighting | undefined {
    if (digits.length < tailLength || digits.length > 15) return undefined
    const value = Number(digits)
    const same = firstOf(this.#rowOfNumber, value, row)
    if (same !== undefined) return { kind: 'same', row: same }
    const tail = tailOf(digits)
    const first = this.#firstOfTail.get(tail)
    if (first === undefined) this.#firstOfTail.set(tail, value)
    const firstRow = first === undefined || first === value ? row : (this.#rowOfNumber.get(first) ?? row)
    if (firstRow !== row) return { kind: 'near', row: firstRow }
    const held = this.#heldTails.get(tail)
    return held !== undefined && held !== value ? { kind: 'near', held: `+${held}` } : undefined
  }

  /** The earlier row that signs in with this number. */
  claimedBefore(number: string, row: number): number | undefined {
    const earlier = this.#rowOfClaim.get(Number(number.slice(1)))
    return earlier === row ? undefined : earlier
  }

  /** Its person has another from this row on. */
  free(number: string, row: number): void {
    firstOf(this.#rowOfFreeing, Number(number.slice(1)), row)
  }

  freedBefore(number: string, row: number): boolean {
    return (this.#rowOfFreeing.get(Number(number.slice(1))) ?? row) < row
  }

  claim(number: string, row: number): void {
    firstOf(this.#rowOfClaim, Number(number.slice(1)), row)
  }
}

/** Trunk zeros and countries stand at the beginning, so numbers that are written differently end alike. */
function tailOf(digits: string): number {
  return Number(digits.slice(-tailLength))
}

function firstOf(rows: Map<number, number>, key: number, row: number): number | undefined {
  const first = rows.get(key)
  if (first === undefined) rows.set(key, row)
  return first === row ? undefined : first
}
