import { z } from 'zod'
import { methodKinds, ownMethod, reason, secondStep } from './security-info.ts'
import { guid } from './texts.ts'

/** Whether whoever asks may do something, and if not why: which role could, or what is in the way. */
const permit = z.object({ may: z.boolean(), because: reason.nullable() })

/** What helps, and whether whoever asks may do it. */
const remedy = z.object({
  act: z.enum([
    'turnOnPolicy',
    'changePolicy',
    'addToGroup',
    'assignLicence',
    'changeCountries',
    'openHolder',
    'replaceNumber',
    'confirmNumber',
  ]),
  ...permit.shape,
  /** The group that the policy is for. */
  group: z.object({ id: guid, displayName: z.string() }).nullable(),
  /** Who signs in with the number, for whoever may read their methods. */
  person: z.object({ id: guid, displayName: z.string(), userPrincipalName: z.string() }).nullable(),
})

/** Why a number is not what its person signs in with. The first five codes are the five causes that everybody meets. */
const cause = z.object({
  code: z.enum([
    'smsSignInDisabled',
    'notAllowedByPolicy',
    'invalidPhoneNumber',
    'phoneNumberNotUnique',
    'voiceNumberConflict',
    'countryNotAllowed',
    'numberQuiet',
    'notSupported',
  ]),
  message: z.string(),
  remedies: z.array(remedy),
})

const personMethod = ownMethod.pick({
  id: true,
  kind: true,
  detail: true,
  createdDateTime: true,
  lastUsedDateTime: true,
  uses: true,
  isDefault: true,
  unusableBecause: true,
  deletion: true,
})

/** What can be done to a person beside their numbers. */
const acts = z.object({
  changeDefault: permit,
  requireReregistration: permit,
  resetPassword: permit,
  endSessions: permit,
  endWaits: permit,
  issuePass: permit,
  changeProfile: permit,
  changeContact: permit,
  changeUserName: permit,
  disable: permit,
  delete: permit,
  assignLicences: permit,
  giveRoles: permit,
})

/** Everything an administrator's page of one person's methods draws, judged for whoever asks. */
export const personMethods = z.object({
  /** The person's. */
  id: guid,
  displayName: z.string(),
  userPrincipalName: z.string(),
  /** Or only their last digits. */
  showsWholeNumbers: z.boolean(),
  methods: z.array(
    personMethod.extend({
      smsSignIn: z.object({ state: z.string(), isSignInName: z.boolean(), cause: cause.nullable() }).nullable(),
      /** Null where there is no such thing to do. */
      acts: z.object({
        change: permit.nullable(),
        delete: permit.nullable(),
        enableSmsSignIn: permit.nullable(),
        disableSmsSignIn: permit.nullable(),
      }),
    }),
  ),
  addable: z.array(z.object({ kind: z.enum(methodKinds), ...permit.shape })),
  /** What would keep a new mobile number from being what its person signs in with; null where nothing would. */
  newNumber: z.object({ cause: cause.nullable() }),
  defaultMethod: z.object({ chosen: secondStep.shape.method.nullable(), effective: secondStep.nullable() }),
  defaultChoices: z.array(secondStep),
  reregistration: z.object({ requiredSinceDateTime: z.iso.datetime().nullable() }),
  acts,
})

/** What whoever asks may do to a person; the rules of each door, asked before it is opened. */
export const personActs = z.object({ id: guid, ...acts.shape })

export type PersonActsBody = z.infer<typeof acts>
export type PersonMethodsBody = z.infer<typeof personMethods>
export type PersonMethodBody = PersonMethodsBody['methods'][number]
export type PermitBody = z.infer<typeof permit>
export type CauseBody = z.infer<typeof cause>
export type RemedyBody = z.infer<typeof remedy>

/** A number somebody is typing, for whether it could be given. */
export const numberToCheck = z.strictObject({
  phoneNumber: z.string().min(1).max(64),
  phoneType: z.enum(['mobile', 'alternateMobile', 'office']),
})

export const checkedNumber = z.object({
  isAcceptable: z.boolean(),
  /** As it would be kept. */
  phoneNumber: z.string().nullable(),
  country: z.string().nullable(),
  problem: reason.nullable(),
  /** What would keep this number from being what its person signs in with. Whose it may be already is told to who gives it, not to who asks. */
  cause: cause.nullable(),
})

export type CheckedNumberBody = z.infer<typeof checkedNumber>
