import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { CodePurpose } from './code-purpose.ts'

/** All that decides a code. Another tenant, receiver, purpose or round of the same challenge has another code. */
export interface CodeFacts {
  challengeId: string
  tenantId: string
  receiver: string
  purpose: CodePurpose
  generation: number
}

const digitsMax = 12

/** Codes are derived and never stored, so nothing in the store can tell one, and whoever sends again sends the same. */
export class OneTimeCodes {
  readonly #key: KeyObject
  readonly #digits: number

  constructor(key: Buffer, digits = 6) {
    if (digits < 6 || digits > digitsMax) throw new Error('a code has six to twelve digits')
    this.#key = createSecretKey(key)
    this.#digits = digits
  }

  of({ challengeId, tenantId, receiver, purpose, generation }: CodeFacts): string {
    const facts = JSON.stringify(['v1', challengeId, tenantId, receiver, purpose, generation])
    const mac = createHmac('sha256', this.#key).update(facts).digest()
    // The remainder of 64 bits favours no code of six digits by more than one in ten million million.
    return String(mac.readBigUInt64BE() % 10n ** BigInt(this.#digits)).padStart(this.#digits, '0')
  }

  /** Takes as long for every answer, whatever it holds and however long it is. */
  match(facts: CodeFacts, answer: string): boolean {
    return timingSafeEqual(digestOf(this.of(facts)), digestOf(digitsOf(answer)))
  }
}

const answerMaxLength = 64

/** The digits as they were meant: pasted with spaces, or typed on an Arabic, Persian or full-width keyboard. */
function digitsOf(answer: string): string {
  return answer
    .slice(0, answerMaxLength)
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}-]/gu, '')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
