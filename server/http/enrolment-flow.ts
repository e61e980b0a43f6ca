import { z } from 'zod'
import { Sealer } from './sealer.ts'

/** What a browser carries while its person becomes the first administrator. Of the password it is the hash, and all of it is sealed. */
const enrolment = z.object({ passwordHash: z.string(), number: z.string(), challengeId: z.string(), isResent: z.boolean().optional() })

export type EnrolmentFlow = z.infer<typeof enrolment>

export function enrolmentSealer(key: Buffer): Sealer<EnrolmentFlow> {
  return new Sealer<EnrolmentFlow>(key, enrolment)
}
