import { z } from 'zod'
import { methodConfiguration } from './method-configurations.ts'
import { advancedState, campaignTarget, excludeTarget, flag, includeTarget, part, targetsOf, wholeNumber } from './method-targets.ts'
import type { Queryable } from './queryable.ts'
import { readOnly } from './texts.ts'

const reconfirmDaysMax = 730
const snoozeDaysMax = 14
const voiceCodeMax = 9_999

const migrationState = z.enum(['preMigration', 'migrationInProgress', 'migrationComplete'], {
  message: 'preMigration, migrationInProgress or migrationComplete',
})

const campaign = part('authenticationMethodsRegistrationCampaign', {
  state: advancedState,
  snoozeDurationInDays: wholeNumber(0, snoozeDaysMax),
  enforceRegistrationAfterAllowedSnoozes: flag,
  includeTargets: targetsOf(campaignTarget),
  excludeTargets: targetsOf(excludeTarget),
})
const credentialPreferences = part('systemCredentialPreferences', {
  state: advancedState,
  includeTargets: targetsOf(includeTarget, 1),
  excludeTargets: targetsOf(excludeTarget, 1),
})
const suspiciousActivity = part('reportSuspiciousActivitySettings', {
  state: advancedState,
  includeTarget,
  voiceReportingCode: wholeNumber(0, voiceCodeMax),
})

/** What `PATCH` takes; inside, too, what is not sent stays as it was. */
export const authenticationMethodsPolicyChanges = z
  .strictObject({
    '@odata.type': z.literal('#microsoft.graph.authenticationMethodsPolicy', { message: '#microsoft.graph.authenticationMethodsPolicy' }),
    '@odata.context': z.string(),
    '@odata.etag': z.string(),
    id: readOnly,
    displayName: readOnly,
    description: readOnly,
    lastModifiedDateTime: readOnly,
    policyVersion: readOnly,
    authenticationMethodConfigurations: readOnly,
    policyMigrationState: migrationState,
    reconfirmationInDays: wholeNumber(0, reconfirmDaysMax),
    registrationEnforcement: part('registrationEnforcement', { authenticationMethodsRegistrationCampaign: campaign }),
    systemCredentialPreferences: credentialPreferences,
    reportSuspiciousActivitySettings: suspiciousActivity,
    optOutSettings: part('authenticationMethodsPolicyOptOutSettings', { passkeyDynamicMigration: flag }),
  })
  .partial()
export type AuthenticationMethodsPolicyChanges = z.infer<typeof authenticationMethodsPolicyChanges>

const excluded = z.object({ id: z.string(), targetType: z.enum(['user', 'group']) })

/** Everything the policy says beside the methods, as it is answered and as it is kept. */
export const methodsPolicySettings = z.object({
  policyMigrationState: migrationState,
  reconfirmationInDays: z.int(),
  registrationEnforcement: z.object({
    authenticationMethodsRegistrationCampaign: z.object({
      state: advancedState,
      snoozeDurationInDays: z.int(),
      enforceRegistrationAfterAllowedSnoozes: z.boolean(),
      includeTargets: z.array(excluded.extend({ targetedAuthenticationMethod: z.string().nullable().optional() })),
      excludeTargets: z.array(excluded),
    }),
  }),
  systemCredentialPreferences: z.object({
    state: advancedState,
    includeTargets: z.array(excluded),
    excludeTargets: z.array(excluded),
  }),
  reportSuspiciousActivitySettings: z.object({ state: advancedState, includeTarget: excluded, voiceReportingCode: z.int() }),
  optOutSettings: z.object({ passkeyDynamicMigration: z.boolean() }),
})
export type MethodsPolicySettings = z.infer<typeof methodsPolicySettings>

const everybody = { id: 'all_users', targetType: 'group' } as const

/** A new organisation's: no policy older than this one counts, and nobody is nudged. */
export const usualMethodsPolicySettings: MethodsPolicySettings = {
  policyMigrationState: 'migrationComplete',
  reconfirmationInDays: 180,
  registrationEnforcement: {
    authenticationMethodsRegistrationCampaign: {
      state: 'default',
      snoozeDurationInDays: 1,
      enforceRegistrationAfterAllowedSnoozes: true,
      includeTargets: [{ ...everybody, targetedAuthenticationMethod: 'fido2' }],
      excludeTargets: [],
    },
  },
  systemCredentialPreferences: { state: 'default', includeTargets: [everybody], excludeTargets: [] },
  reportSuspiciousActivitySettings: { state: 'default', includeTarget: everybody, voiceReportingCode: 0 },
  optOutSettings: { passkeyDynamicMigration: false },
}

export const authenticationMethodsPolicy = methodsPolicySettings.extend({
  id: z.literal('authenticationMethodsPolicy'),
  displayName: z.string(),
  description: z.string(),
  lastModifiedDateTime: z.iso.datetime().nullable(),
  policyVersion: z.string(),
  authenticationMethodConfigurations: z.array(methodConfiguration),
})

export const authenticationMethodsPolicyAsked: Queryable = {
  properties: {},
  selectable: Object.keys(authenticationMethodsPolicy.shape),
  expandable: ['authenticationMethodConfigurations'],
  topMax: 1,
  topDefault: 1,
}
