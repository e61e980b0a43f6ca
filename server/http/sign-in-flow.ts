import { z } from 'zod'
import { Sealer } from './sealer.ts'

/** Where in a sign-in a browser is. It carries this itself, sealed; what was proven stands in the store, never here. */
const flow = z.object({
  step: z.enum(['account', 'identify', 'country', 'password', 'code', 'organisation', 'keep-number']),
  typed: z.string().optional(),
  country: z.string().optional(),
  typedMasked: z.string().optional(),
  challengeId: z.string().optional(),
  attemptId: z.string().optional(),
  isResent: z.boolean().optional(),
})

export type Flow = z.infer<typeof flow>

export function flowSealer(key: Buffer): Sealer<Flow> {
  return new Sealer<Flow>(key, flow)
}
