import { z } from 'zod'
import { guid } from './texts.ts'

/** What stands on the page of one's security info, each a row of its own. */
export const methodKinds = ['phone', 'alternatePhone', 'officePhone', 'email', 'password'] as const

export type MethodKind = (typeof methodKinds)[number]

/** By what a code or a question gets there. */
const channel = z.enum(['sms', 'voice', 'mail'])

/** Why something is not to be had, in words for the person who asked: the code is for programs, the sentence says what to do as well. */
export const reason = z.object({ code: z.string(), message: z.string() })

/** One entry of the list that the default is chosen from: "Phone - text (+31 6 …)". */
export const secondStep = z.object({
  method: z.enum(['push', 'oath', 'sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice']),
  kind: z.enum(methodKinds),
  channel,
  detail: z.string(),
})

const deletion = z.object({
  /** `last`: nothing is left for a second step. `moves`: the default goes to `movesTo`; say `Prefer: reassign-default`. */
  kind: z.enum(['free', 'last', 'moves', 'refused', 'blocked']),
  movesTo: secondStep.nullable(),
  /** With it goes the only way this person has to sign in. */
  endsSignIn: z.boolean(),
  because: reason.nullable(),
})

const smsSignIn = z.object({
  state: z.enum(['notSupported', 'notAllowedByPolicy', 'notEnabled', 'phoneNumberNotUnique', 'ready', 'notConfigured']),
  /** Where the organisation does not have it, or not for this number, the page does not speak of it. */
  isOffered: z.boolean(),
  isSignInName: z.boolean(),
  canEnable: z.boolean(),
  canDisable: z.boolean(),
  /** A code that comes back is what is missing: register the same number again. */
  canProve: z.boolean(),
  because: reason.nullable(),
})

export const ownMethod = z.object({
  id: guid,
  kind: z.enum(methodKinds),
  /** The number or address in full, since it is its owner who asks. */
  detail: z.string().nullable(),
  createdDateTime: z.iso.datetime().nullable(),
  lastUsedDateTime: z.iso.datetime().nullable(),
  /** What it is good for at this moment. */
  uses: z.array(z.enum(['sign-in', 'second-factor', 'password-reset'])),
  isDefault: z.boolean(),
  canChange: z.boolean(),
  /** By what a new number or address can be proven. */
  channels: z.array(channel),
  unusableBecause: reason.nullable(),
  deletion: deletion.nullable(),
  smsSignIn: smsSignIn.nullable(),
})

/** Everything the page of one's security info draws, judged: whoever draws it decides nothing. */
export const securityInfo = z.object({
  id: z.literal('securityInfo'),
  /** Whose account it is, and where its people turn for help. */
  organization: z.object({
    id: guid,
    displayName: z.string(),
    technicalNotificationMails: z.array(z.string()),
    note: z.string().nullable(),
  }),
  freshProof: z.object({
    /** Until when changes are taken; null when somebody has to sign in first. */
    heldUntilDateTime: z.iso.datetime().nullable(),
    maxAgeSeconds: z.int(),
    /** What to ask a stronger sign-in by, where a role asks for one. */
    acrValues: z.string().nullable(),
  }),
  methods: z.array(ownMethod),
  /** Somebody else made it, so it is neither added nor chosen here; it can be deleted. */
  temporaryAccessPass: z
    .object({
      id: guid,
      startDateTime: z.iso.datetime(),
      expiresDateTime: z.iso.datetime(),
      isUsableOnce: z.boolean(),
      /** Why it opens nothing at this moment; null where it does. */
      because: reason.nullable(),
    })
    .nullable(),
  addable: z.array(z.object({ kind: z.enum(methodKinds), channels: z.array(channel) })),
  absent: z.array(z.object({ kind: z.enum(methodKinds), because: reason })),
  defaultMethod: z.object({ chosen: secondStep.shape.method.nullable(), effective: secondStep.nullable(), canChange: z.boolean() }),
  defaultChoices: z.array(secondStep),
  smsSignInOffer: z.object({ methodId: guid, detail: z.string(), showsBanner: z.boolean() }).nullable(),
  countries: z.object({
    /** ISO 3166; what the list of country codes begins at. */
    default: z.string().nullable(),
    /** Where codes may go. */
    sms: z.array(z.string()),
    voice: z.array(z.string()),
    /** Of all of these. Where several share a code, the one to assume comes first. */
    callingCodes: z.array(z.object({ country: z.string(), callingCode: z.string() })),
  }),
})

export type SecurityInfoBody = z.infer<typeof securityInfo>
export type OwnMethodBody = z.infer<typeof ownMethod>
export type SecondStepBody = z.infer<typeof secondStep>
export type ReasonBody = z.infer<typeof reason>
