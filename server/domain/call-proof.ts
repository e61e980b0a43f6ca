import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { CallPurpose } from './call.ts'

/** All that decides which key is asked for. Another call of the same person asks for another one, nine times in ten at least. */
export interface CallFacts {
  callId: string
  tenantId: string
  number: string
  purpose: CallPurpose
  round: number
}

/** Which call a provider speaks of. */
export interface ReportedCall {
  gateway: string
  tenantId: string
  callId: string
  round: number
}

/** Where providers report; the last part is the secret of that call. */
export const reportPattern = '/voice/reports/:gateway/:tenantId/:callId/:round/:token'

const tokenBytes = 16
const keysMaxLength = 32

/** What only we can tell of a call, derived and stored nowhere: the digit on the screen, and the secret in the address its provider reports to. */
export class CallProofs {
  readonly #key: KeyObject

  constructor(key: Buffer) {
    this.#key = createSecretKey(key)
  }

  /** From 1 to 9: zero is what people press to reach somebody. */
  digitOf({ callId, tenantId, number, purpose, round }: CallFacts): string {
    const mac = this.#mac(['digit', callId, tenantId, number, purpose, round])
    return String((mac.readBigUInt64BE() % 9n) + 1n)
  }

  /** The digit, then the hash key; a bare hash is what a recording on an answering machine might be made to press. */
  match(facts: CallFacts, keys: string): boolean {
    const pressed = keys.slice(0, keysMaxLength).replaceAll(/\s/g, '')
    return timingSafeEqual(digestOf(`${this.digitOf(facts)}#`), digestOf(pressed))
  }

  tokenOf({ gateway, tenantId, callId, round }: ReportedCall): string {
    return this.#mac(['report', gateway, tenantId, callId, round]).subarray(0, tokenBytes).toString('base64url')
  }

  /** Where this provider reports of this call, from the public address on. */
  reportPathOf(call: ReportedCall): string {
    const parts: Readonly<Record<string, string>> = { ...call, round: String(call.round), token: this.tokenOf(call) }
    return reportPattern.replaceAll(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(parts[name] ?? ''))
  }

  isToken(call: ReportedCall, token: string): boolean {
    return timingSafeEqual(digestOf(this.tokenOf(call)), digestOf(token))
  }

  #mac(facts: readonly (string | number)[]): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify(['v1', ...facts]))
      .digest()
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
