import { z } from 'zod'
import { signInOutcomes, signInRemedies } from '../sign-in-log.ts'
import type { Queryable } from './queryable.ts'

const text = z.string().nullable()
const none = z.literal('none')

/** Both versions answer with what Microsoft tells under /beta only, since most of what matters of a sign-in by number is there. */
export const signIn = z.object({
  id: z.string(),
  createdDateTime: z.iso.datetime(),
  userDisplayName: text,
  userPrincipalName: text,
  userId: z.string(),
  appId: z.string(),
  appDisplayName: z.string(),
  ipAddress: z.string(),
  clientAppUsed: z.string(),
  correlationId: z.string(),
  conditionalAccessStatus: z.enum(['success', 'failure', 'notApplied', 'unknownFutureValue']),
  isInteractive: z.boolean(),
  riskDetail: none,
  riskLevelAggregated: none,
  riskLevelDuringSignIn: none,
  riskState: none,
  riskEventTypes: z.array(z.string()),
  riskEventTypes_v2: z.array(z.string()),
  resourceDisplayName: text,
  resourceId: text,
  resourceTenantId: text,
  homeTenantId: text,
  servicePrincipalId: text,
  servicePrincipalName: text,
  status: z.object({ errorCode: z.int(), failureReason: text, additionalDetails: text }),
  deviceDetail: z.object({
    deviceId: text,
    displayName: text,
    operatingSystem: text,
    browser: text,
    isCompliant: z.boolean().nullable(),
    isManaged: z.boolean().nullable(),
    trustType: text,
  }),
  location: z.object({ city: text, state: text, countryOrRegion: text, geoCoordinates: z.null() }),
  appliedConditionalAccessPolicies: z.array(z.never()),
  authenticationAppDeviceDetails: z.null(),
  userAgent: z.string(),
  // Microsoft has what follows under /beta.
  authenticationDetails: z.array(
    z.object({
      authenticationMethod: z.string(),
      authenticationMethodDetail: text,
      authenticationStepDateTime: z.iso.datetime(),
      authenticationStepRequirement: z.string(),
      authenticationStepResultDetail: z.string(),
      succeeded: z.boolean(),
    }),
  ),
  authenticationMethodsUsed: z.array(z.string()),
  authenticationProtocol: z.enum(['none', 'oAuth2', 'deviceCode', 'unknownFutureValue']),
  authenticationRequirement: z.enum(['singleFactorAuthentication', 'multiFactorAuthentication']),
  incomingTokenType: z.enum(['none', 'refreshToken', 'unknownFutureValue']),
  sessionId: text,
  signInEventTypes: z.array(z.enum(['interactiveUser', 'nonInteractiveUser', 'servicePrincipal'])),
  signInIdentifier: text,
  signInIdentifierType: z.enum(['userPrincipalName', 'phoneNumber', 'unknownFutureValue']).nullable(),
})

export type SignInBody = z.infer<typeof signIn>

export const revealedIdentifier = z.object({ id: z.string(), signInIdentifier: z.string() })

const id = { kind: 'id', operators: ['eq', 'in'] } as const
const name = { kind: 'text', operators: ['eq', 'in', 'startsWith'] } as const
const word = { kind: 'word', operators: ['eq', 'in'] } as const

/**
 * A list follows an index by time, and by `userId`, `userPrincipalName`, `appId`, `ipAddress` or `correlationId` when one of them is asked for.
 * Every other filter walks along the time, so it wants a `createdDateTime` beside it in a large log.
 */
export const signIns: Queryable = {
  properties: {
    id,
    createdDateTime: { kind: 'dateTime', operators: ['eq', 'ge', 'le', 'gt', 'lt'], sortable: true },
    userId: id,
    userDisplayName: name,
    userPrincipalName: name,
    appId: id,
    appDisplayName: word,
    ipAddress: name,
    'status/errorCode': { kind: 'number', operators: ['eq', 'ne', 'in'] },
    correlationId: id,
    isInteractive: { kind: 'boolean', operators: ['eq'] },
    signInIdentifierType: word,
    authenticationDetails: { kind: 'text', operators: ['any'], items: { authenticationMethod: { kind: 'text', operators: ['eq', 'in'] } } },
  },
  selectable: Object.keys(signIn.shape),
  topMax: 1_000,
  topDefault: 1_000,
  sortsWhatItFilters: true,
}

export const oneSignIn: Queryable = { properties: {}, selectable: signIns.selectable, topMax: 1, topDefault: 1 }

/** Ours: the same with how it ended in one word. */
export const signInEntry = signIn.extend({ outcome: z.enum(signInOutcomes) })

export type SignInEntryBody = z.infer<typeof signInEntry>

export const signInEntries: Queryable = {
  ...signIns,
  properties: { ...signIns.properties, outcome: word },
  selectable: Object.keys(signInEntry.shape),
  topDefault: 50,
}

/** Ours: one attempt told step by step, with what an administrator can do about it. */
export const toldSignIn = signInEntry.extend({
  isReported: z.boolean(),
  steps: z.array(
    z.object({ dateTime: z.iso.datetime(), method: text, sentence: z.string(), detail: text, succeeded: z.boolean().nullable() }),
  ),
  whatHappened: z.string(),
  whatToDo: z.string(),
  remedies: z.array(z.enum(signInRemedies)),
  mayReveal: z.boolean(),
})

export type ToldSignInBody = z.infer<typeof toldSignIn>

export const oneToldSignIn: Queryable = { properties: {}, selectable: Object.keys(toldSignIn.shape), topMax: 1, topDefault: 1 }

/** Of a file only the filter can be chosen. */
export const signInFile: Queryable = { ...signInEntries, selectable: [], topMax: 1, topDefault: 1 }
