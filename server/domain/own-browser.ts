import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'
import type { Browser } from './code-challenge.ts'
import type { CodePurpose } from './code-purpose.ts'

/** Whoever asks for a code in their own name may type it in any window they are signed in at, and nobody else may. */
export function ownBrowser(caller: Caller, purpose: CodePurpose): Browser {
  const address = caller.author.kind === 'person' ? caller.author.address : ''
  return { binding: createHash('sha256').update(`${purpose} ${caller.id}`).digest('base64url'), device: undefined, address }
}
