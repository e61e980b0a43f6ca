import { z } from 'zod'
import type { PolicyId } from '../method-ids.ts'
import {
  advancedState,
  excludeTarget,
  featureTarget,
  flag,
  includeTarget,
  part,
  registrationTarget,
  targetsOf,
  wholeNumber,
} from './method-targets.ts'
import { guid, line, requiredLine } from './texts.ts'

const profilesMax = 3
const aaGuidsMax = 300
const rulesMax = 100
const bindingsMax = 10
export const tapMinutesMin = 10
export const tapMinutesMax = 43_200

const word = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { message: words.length > 1 ? `one of ${words.join(', ')}` : words[0] })

const feature = part('authenticationMethodFeatureConfiguration', {
  state: advancedState,
  includeTarget: featureTarget,
  excludeTarget: featureTarget,
})
const keyRestrictions = part('fido2KeyRestrictions', {
  isEnforced: flag,
  enforcementType: word('allow', 'block'),
  aaGuids: z.array(guid).max(aaGuidsMax, { message: `at most ${aaGuidsMax} GUIDs` }),
})
const affinity = word('low', 'high')
const certificateMode = word('x509CertificateSingleFactor', 'x509CertificateMultiFactor')
const texts = z.array(requiredLine(256)).max(rulesMax, { message: `at most ${rulesMax}` })

const smsTarget = { isUsableForSignIn: flag }
const authenticatorTarget = { authenticationMode: word('deviceBasedPush', 'push', 'any') }
const passkeyTarget = { allowedPasskeyProfiles: z.array(guid).max(profilesMax, { message: `at most ${profilesMax} profiles` }) }

const voice = { isOfficePhoneAllowed: flag }
const authenticator = {
  isSoftwareOathEnabled: flag,
  featureSettings: part('microsoftAuthenticatorFeatureSettings', {
    displayAppInformationRequiredState: feature,
    displayLocationInformationRequiredState: feature,
  }),
}
const passkey = {
  isAttestationEnforced: flag,
  isSelfServiceRegistrationAllowed: flag,
  keyRestrictions,
  defaultPasskeyProfile: guid.nullable(),
  passkeyProfiles: z
    .array(
      part('passkeyProfile', {
        id: guid,
        name: requiredLine(64),
        passkeyTypes: z.string().regex(/^(deviceBound|synced|deviceBound, ?synced)$/, { message: 'deviceBound, synced, or both' }),
        attestationEnforcement: word('disabled', 'registrationOnly'),
        keyRestrictions,
      }),
    )
    .max(profilesMax, { message: `at most ${profilesMax} profiles` }),
}
const temporaryAccessPass = {
  defaultLifetimeInMinutes: wholeNumber(tapMinutesMin, tapMinutesMax),
  defaultLength: wholeNumber(8, 48),
  minimumLifetimeInMinutes: wholeNumber(tapMinutesMin, tapMinutesMax),
  maximumLifetimeInMinutes: wholeNumber(tapMinutesMin, tapMinutesMax),
  isUsableOnce: flag,
}
const email = { allowExternalIdToUseEmailOtp: advancedState }
const certificate = {
  authenticationModeConfiguration: part('x509CertificateAuthenticationModeConfiguration', {
    x509CertificateAuthenticationDefaultMode: certificateMode,
    x509CertificateDefaultRequiredAffinityLevel: affinity,
    rules: z
      .array(
        part('x509CertificateRule', {
          x509CertificateRuleType: word('issuerSubject', 'policyOID', 'issuerSubjectAndPolicyOID'),
          identifier: line(1_024).nullable(),
          issuerSubjectIdentifier: line(1_024).nullable(),
          policyOidIdentifier: line(256).nullable(),
          x509CertificateAuthenticationMode: certificateMode,
          x509CertificateRequiredAffinityLevel: affinity,
        }),
      )
      .max(rulesMax, { message: `at most ${rulesMax} rules` }),
  }),
  certificateUserBindings: z
    .array(
      part('x509CertificateUserBinding', {
        x509CertificateField: requiredLine(64),
        userProperty: requiredLine(64),
        priority: wholeNumber(1, bindingsMax),
        trustAffinityLevel: affinity,
      }),
    )
    .max(bindingsMax, { message: `at most ${bindingsMax} bindings` }),
  certificateAuthorityScopes: z
    .array(
      part('x509CertificateAuthorityScope', {
        publicKeyInfrastructureIdentifier: line(256).nullable(),
        subjectKeyIdentifier: line(256).nullable(),
        includeTargets: targetsOf(includeTarget),
      }),
    )
    .max(rulesMax, { message: `at most ${rulesMax} scopes` }),
  crlValidationConfiguration: part('x509CertificateCRLValidationConfiguration', {
    state: word('disabled', 'enabled'),
    exemptedCertificateAuthoritiesSubjectKeyIdentifiers: texts,
  }),
  issuerHintsConfiguration: part('x509CertificateIssuerHintsConfiguration', { state: word('disabled', 'enabled') }),
}

/** A configuration's own properties and those of its targets, beside what all have. */
function configuration<const Type extends string, Own extends z.ZodRawShape, OfTarget extends z.ZodRawShape>(
  type: Type,
  own: Own,
  targetType: string,
  ofTarget: OfTarget,
) {
  const shape = {
    id: line(64),
    state: word('enabled', 'disabled'),
    excludeTargets: targetsOf(excludeTarget),
    includeTargets: targetsOf(registrationTarget(targetType, ofTarget)),
    ...own,
    // What answers carry, so that one can be sent back as it came.
    '@odata.context': z.string(),
    '@odata.etag': z.string(),
    'includeTargets@odata.context': z.string(),
    'passkeyProfiles@odata.context': z.string(),
  }
  return z
    .strictObject(shape)
    .partial()
    .extend({ '@odata.type': z.literal(`#microsoft.graph.${type}`) })
}

const schemas = [
  configuration('smsAuthenticationMethodConfiguration', {}, 'smsAuthenticationMethodTarget', smsTarget),
  configuration('voiceAuthenticationMethodConfiguration', voice, 'authenticationMethodTarget', {}),
  configuration(
    'microsoftAuthenticatorAuthenticationMethodConfiguration',
    authenticator,
    'microsoftAuthenticatorAuthenticationMethodTarget',
    authenticatorTarget,
  ),
  configuration('softwareOathAuthenticationMethodConfiguration', {}, 'authenticationMethodTarget', {}),
  configuration('fido2AuthenticationMethodConfiguration', passkey, 'passkeyAuthenticationMethodTarget', passkeyTarget),
  configuration('temporaryAccessPassAuthenticationMethodConfiguration', temporaryAccessPass, 'authenticationMethodTarget', {}),
  configuration('emailAuthenticationMethodConfiguration', email, 'authenticationMethodTarget', {}),
  configuration('x509CertificateAuthenticationMethodConfiguration', certificate, 'authenticationMethodTarget', {}),
  configuration('hardwareOathAuthenticationMethodConfiguration', {}, 'authenticationMethodTarget', {}),
] as const

/** What `PATCH` takes: which properties there are depends on the type, so the type must be told. */
export const methodConfigurationChanges = z.discriminatedUnion('@odata.type', schemas, {
  error: () => `one of ${schemas.map((schema) => schema.shape['@odata.type'].value).join(', ')}`,
})
export type MethodConfigurationChanges = z.infer<typeof methodConfigurationChanges>

/** What answers carry: all of it. */
export const methodConfiguration = z.looseObject({
  '@odata.type': z.string(),
  id: z.string(),
  state: z.enum(['enabled', 'disabled']),
  excludeTargets: z.array(z.object({ id: z.string(), targetType: z.enum(['user', 'group']) })),
  includeTargets: z.array(z.looseObject({ id: z.string(), targetType: z.enum(['user', 'group']), isRegistrationRequired: z.boolean() })),
})

interface ConfigurationRow {
  /** As Graph writes it; any letter case is read. */
  id: string
  type: string
  /** Graph v1.0 does not know its type, so lists there leave it out. */
  betaOnly?: true
  /** What its own properties are until somebody decides otherwise, and those of a target that does not say. */
  usual: Readonly<Record<string, unknown>>
  usualOfTarget: Readonly<Record<string, unknown>>
}

const nobodyId = '00000000-0000-0000-0000-000000000000'
const usualFeature = {
  state: 'default',
  includeTarget: { targetType: 'group', id: 'all_users' },
  excludeTarget: { targetType: 'group', id: nobodyId },
}

export const methodConfigurations = {
  sms: { id: 'Sms', type: 'smsAuthenticationMethodConfiguration', usual: {}, usualOfTarget: {} },
  voice: { id: 'Voice', type: 'voiceAuthenticationMethodConfiguration', usual: { isOfficePhoneAllowed: false }, usualOfTarget: {} },
  push: {
    id: 'MicrosoftAuthenticator',
    type: 'microsoftAuthenticatorAuthenticationMethodConfiguration',
    usual: {
      isSoftwareOathEnabled: false,
      featureSettings: { displayAppInformationRequiredState: usualFeature, displayLocationInformationRequiredState: usualFeature },
    },
    usualOfTarget: { authenticationMode: 'any' },
  },
  totp: { id: 'SoftwareOath', type: 'softwareOathAuthenticationMethodConfiguration', usual: {}, usualOfTarget: {} },
  passkey: {
    id: 'Fido2',
    type: 'fido2AuthenticationMethodConfiguration',
    usual: {
      isAttestationEnforced: false,
      isSelfServiceRegistrationAllowed: true,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
      defaultPasskeyProfile: null,
      passkeyProfiles: [],
    },
    usualOfTarget: { allowedPasskeyProfiles: [] },
  },
  'temporary-access-pass': {
    id: 'TemporaryAccessPass',
    type: 'temporaryAccessPassAuthenticationMethodConfiguration',
    usual: {
      defaultLifetimeInMinutes: 60,
      defaultLength: 8,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
      isUsableOnce: false,
    },
    usualOfTarget: {},
  },
  email: {
    id: 'Email',
    type: 'emailAuthenticationMethodConfiguration',
    usual: { allowExternalIdToUseEmailOtp: 'default' },
    usualOfTarget: {},
  },
  certificate: {
    id: 'X509Certificate',
    type: 'x509CertificateAuthenticationMethodConfiguration',
    usual: {
      authenticationModeConfiguration: {
        x509CertificateAuthenticationDefaultMode: 'x509CertificateSingleFactor',
        x509CertificateDefaultRequiredAffinityLevel: 'low',
        rules: [],
      },
      certificateUserBindings: [
        { x509CertificateField: 'PrincipalName', userProperty: 'userPrincipalName', priority: 1, trustAffinityLevel: 'low' },
      ],
      certificateAuthorityScopes: [],
      crlValidationConfiguration: { state: 'disabled', exemptedCertificateAuthoritiesSubjectKeyIdentifiers: [] },
      issuerHintsConfiguration: { state: 'disabled' },
    },
    usualOfTarget: {},
  },
  'hardware-totp': {
    id: 'HardwareOath',
    type: 'hardwareOathAuthenticationMethodConfiguration',
    betaOnly: true,
    usual: {},
    usualOfTarget: {},
  },
} as const satisfies Record<PolicyId, ConfigurationRow>
