import { z } from 'zod'

const keysMaxLength = 32

/** What a provider of phone calls tells us, one at a time. */
export const callReport = z.discriminatedUnion('event', [
  z.strictObject({ event: z.enum(['answered', 'hungUp', 'busy', 'noAnswer', 'failed']) }),
  z.strictObject({ event: z.literal('keys'), keys: z.string().max(keysMaxLength) }),
])

export type CallReport = z.infer<typeof callReport>

/** What it does next. */
export interface CallReply {
  /** To be read aloud, sentence by sentence, slowly. */
  say: string[]
  /** BCP 47. */
  language: string
  /** True: wait for keys, up to and with the hash key. False: hang up. */
  listen: boolean
}
