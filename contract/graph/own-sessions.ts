import { z } from 'zod'
import { guid } from './texts.ts'

/** Nothing is guessed from an address, so a place is only told where something knows it. */
export const place = z.object({ city: z.string().nullable(), state: z.string().nullable(), countryOrRegion: z.string().nullable() })

const app = z.object({ appId: z.string(), displayName: z.string() })

/** Where somebody is signed in: a browser, or a device that a browser let in, and the apps that know them there. */
export const ownSession = z.object({
  id: z.string(),
  isCurrent: z.boolean(),
  startedDateTime: z.iso.datetime(),
  lastSeenDateTime: z.iso.datetime(),
  /** When the person last proved who they are. */
  provenDateTime: z.iso.datetime(),
  expiresDateTime: z.iso.datetime().nullable(),
  browser: z.string().nullable(),
  operatingSystem: z.string().nullable(),
  ipAddress: z.string().nullable(),
  location: place,
  apps: z.array(app),
})

export type OwnSessionBody = z.infer<typeof ownSession>

export const sessionsEndedBody = z.object({ id: z.literal('endOthers'), endedSessions: z.int() })

const word = z.object({ code: z.string(), message: z.string() })

/** One's own attempts to sign in, good and bad, and those of anybody else who used one's number or name. */
export const ownSignIn = z.object({
  id: guid,
  createdDateTime: z.iso.datetime(),
  appId: z.string(),
  appDisplayName: z.string(),
  /** What was typed to say who it is, masked. */
  identifier: z.string(),
  methods: z.array(z.enum(['sms', 'voice', 'email', 'password', 'passkey', 'push', 'totp', 'temporary-access-pass', 'session'])),
  result: z.enum(['signedIn', 'notFinished', 'failed']),
  /** Why it came to nothing; null where it did not. */
  because: word.nullable(),
  ipAddress: z.string(),
  location: place,
  browser: z.string().nullable(),
  operatingSystem: z.string().nullable(),
  sessionId: z.string().nullable(),
  isCurrentSession: z.boolean(),
  reportedDateTime: z.iso.datetime().nullable(),
  canReport: z.boolean(),
})

export type OwnSignInBody = z.infer<typeof ownSignIn>

export const ownSignIns = { properties: {}, selectable: Object.keys(ownSignIn.shape), topMax: 100, topDefault: 20 }

export const reportedSignIn = z.object({
  id: guid,
  reportedDateTime: z.iso.datetime(),
  /** How many sessions were ended besides this one. */
  endedSessions: z.int(),
  nextSteps: z.array(word),
})

export type ReportedSignInBody = z.infer<typeof reportedSignIn>
