import { z } from 'zod'
import type { PageEnd } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { Sealer } from './sealer.ts'

const lifeMs = 24 * 60 * 60 * 1000

/** Whose page it was and what it was a page of: a token opens nothing else. */
export interface PageOwner {
  tenantId: string
  callerId: string
  /** Path and query options, without the token itself. */
  question: string
}

const contents = z.object({ sort: z.union([z.string(), z.number(), z.null()]), id: z.string(), turn: z.number().optional() })

/** The address of a next page, bound to its owner and its question. */
export class SkipTokens {
  readonly #sealer: Sealer<z.infer<typeof contents>>

  constructor(key: Buffer) {
    this.#sealer = new Sealer(key, contents)
  }

  seal(end: PageEnd, owner: PageOwner, now: Date): string {
    return this.#sealer.seal(end, partsOf(owner), new Date(now.getTime() + lifeMs))
  }

  open(token: string, owner: PageOwner, now: Date): PageEnd {
    return this.#sealer.open(token, partsOf(owner), now) ?? refuse('skip_token_invalid')
  }
}

function partsOf({ tenantId, callerId, question }: PageOwner): string[] {
  return [tenantId, callerId, question]
}
