import { z } from 'zod'
import { Sealer } from './sealer.ts'

/** What somebody sets up on the way in: where they are in it, and what came of it so far, for the pages to say. */
const registering = z
  .object({
    way: z.enum(['phone', 'email']),
    channel: z.enum(['sms', 'voice']),
    country: z.string(),
    national: z.string(),
    address: z.string(),
    sentTo: z.string(),
    challengeId: z.string(),
    isResent: z.boolean(),
    added: z.array(z.enum(['phone', 'email'])),
    notice: z.enum(['phone-texted', 'phone-called', 'email', 'not-allowed', 'elsewhere', 'first-you']),
    /** The number that was just proven belongs to somebody else, where it may belong to one person only. */
    isTaken: z.boolean(),
    isInUse: z.boolean(),
  })
  .partial()

const registrationSteps = [
  'register',
  'register-prove',
  'register-choose',
  'register-phone',
  'register-email',
  'register-code',
  'register-call',
  'register-review',
] as const

/** How a second factor is being proven. */
const second = z.object({
  way: z.enum(['sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice']),
  challengeId: z.string(),
  isResent: z.boolean().optional(),
})

const secondSteps = ['second', 'second-code', 'second-call'] as const

/** Where in a sign-in a browser is. It carries this itself, sealed; what was proven stands in the store, never here. */
const flow = z.object({
  step: z.enum(['account', 'identify', 'country', 'password', 'code', 'organisation', 'keep-number', ...secondSteps, ...registrationSteps]),
  typed: z.string().optional(),
  country: z.string().optional(),
  typedMasked: z.string().optional(),
  challengeId: z.string().optional(),
  attemptId: z.string().optional(),
  isResent: z.boolean().optional(),
  /** Asked behind the answer, whatever came before it. */
  asksToKeepNumber: z.boolean().optional(),
  second: second.optional(),
  registering: registering.optional(),
})

export type Flow = z.infer<typeof flow>

export function flowSealer(key: Buffer): Sealer<Flow> {
  return new Sealer<Flow>(key, flow)
}
