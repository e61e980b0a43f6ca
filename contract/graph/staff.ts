import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid, readOnly } from './texts.ts'

/** Why something cannot be done: the code is for programs, the sentence for whoever stands before the page. */
const reason = z.object({ code: z.string(), message: z.string() })

/** Whether an act is open to this manager for this person, at this moment. */
const act = z.object({ may: z.boolean(), because: reason.nullable() })

/** A unit the manager looks after, or all of them together. */
export const staffLocation = z.object({ id: z.string(), displayName: z.string().nullable(), description: z.string().nullable() })

export type StaffLocationBody = z.infer<typeof staffLocation>

export const staffLocations: Queryable = { properties: {}, selectable: Object.keys(staffLocation.shape), topMax: 999, topDefault: 100 }

/** Somebody as their manager sees them: enough to recognise them, and what can be done for them. */
export const staffPerson = z.object({
  id: guid,
  displayName: z.string(),
  /** What stands where a photo would. */
  initials: z.string(),
  jobTitle: z.string().nullable(),
  userPrincipalName: z.string(),
  /** Masked: a manager who needs the whole number asks the person. */
  phoneNumber: z.string().nullable(),
  /** They type this number to sign in. */
  isSmsSignInOn: z.boolean(),
  hasPassword: z.boolean(),
  number: act,
  /** Asking by a text to the number that is there. */
  callBack: act,
  smsSignIn: act,
  password: act,
  pass: act,
})

export type StaffPersonBody = z.infer<typeof staffPerson>
export type StaffActBody = z.infer<typeof act>

export const staffPeople: Queryable = {
  properties: { displayName: { kind: 'text', sortable: true, searchable: true } },
  selectable: Object.keys(staffPerson.shape),
  topMax: 100,
  topDefault: 25,
}

const confirmation = z.literal(true, { message: 'true: the person stands before you, or you know their voice' })

export const staffNumber = z.strictObject({
  /** In any spelling; without a country it is of the organisation's own. */
  phoneNumber: z.string().min(1, { message: 'a phone number' }).max(64, { message: 'a phone number' }),
  /** The manager has made sure, face to face, that it is this person who asks. */
  isConfirmedInPerson: confirmation,
})

export const staffNumberRemoval = z.strictObject({ isConfirmedInPerson: confirmation })

export const staffPassword = z.object({ newPassword: z.string() })

/** How long a pass lives and how often it is good for is what policy says. */
export const staffPass = z.object({
  temporaryAccessPass: z.string(),
  expiresDateTime: z.iso.datetime(),
  isUsableOnce: z.boolean(),
})

export type StaffPassBody = z.infer<typeof staffPass>

export const newCallBack = z.strictObject({
  change: z.enum(['replace', 'remove'], { message: 'replace or remove' }),
  phoneNumber: z.string().max(64, { message: 'a phone number' }).optional(),
})

/** A question to the person, by a text to the number they have: is this to change? They answer with the number the manager sees. */
export const callBack = z.object({
  id: guid,
  userId: guid,
  change: z.enum(['replace', 'remove']),
  /** What the person types on the page behind the text. */
  digits: z.string(),
  sentTo: z.string(),
  newPhoneNumber: z.string().nullable(),
  state: z.enum(['waiting', 'agreed', 'refused', 'over', 'done']),
  expiresDateTime: z.iso.datetime(),
})

export type CallBackBody = z.infer<typeof callBack>

const accesses = ['all', 'selected', 'none'] as const
const groupsMax = 50

/** Who of those with a role for it may use My Staff. */
export const staffSettings = z.object({
  id: z.literal('staffSettings'),
  access: z.enum(accesses),
  /** Those whose members may, where access is `selected`. */
  groups: z.array(z.object({ id: guid, displayName: z.string().nullable() })),
})

export type StaffSettingsBody = z.infer<typeof staffSettings>

export const staffSettingsChanges = z
  .strictObject({
    id: readOnly,
    access: z.enum(accesses, { message: 'all, selected or none' }),
    groupIds: z.array(guid).max(groupsMax, { message: `at most ${groupsMax} groups` }),
  })
  .partial()
