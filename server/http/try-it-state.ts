import { z } from 'zod'
import { Sealer } from './sealer.ts'

/** What the sample app keeps in its own cookie: first the secret of a sign-in under way, then who came. */
const state = z.object({
  verifier: z.string().optional(),
  state: z.string().optional(),
  idToken: z.string().optional(),
})

export type TryItState = z.infer<typeof state>

export function tryItSealer(key: Buffer): Sealer<TryItState> {
  return new Sealer<TryItState>(key, state)
}
