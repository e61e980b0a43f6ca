import type { RefusalCode } from '#contract/refusals.ts'

export type RefusalDetails = Readonly<Record<string, string>>

/** We say no to the caller. Details are public by definition: never a number, a code, a token or a password. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

export function refuse(code: RefusalCode, details?: RefusalDetails): never {
  throw new Refusal(code, details)
}
