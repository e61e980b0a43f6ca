import type { SignInMethod, SignInOutcome, SignInRemedy } from '#contract/sign-in-log.ts'
import type { MessageKey } from '../../kit/words/message.ts'

export const outcomeNames = {
  success: 'web.admin.sign-ins.outcome.success',
  failure: 'web.admin.sign-ins.outcome.failure',
  interrupted: 'web.admin.sign-ins.outcome.interrupted',
} as const satisfies Record<SignInOutcome, MessageKey>

export const methodNames = {
  'Text message': 'web.admin.sign-ins.method.sms',
  'Phone call': 'web.admin.sign-ins.method.voice',
  'Email one-time passcode': 'web.admin.sign-ins.method.email',
  Password: 'web.admin.sign-ins.method.password',
  'Temporary Access Pass': 'web.admin.sign-ins.method.pass',
  Passkey: 'web.admin.sign-ins.method.passkey',
  'Authenticator app': 'web.admin.sign-ins.method.push',
  'Software OATH token': 'web.admin.sign-ins.method.totp',
  'Previously satisfied': 'web.admin.sign-ins.method.earlier',
} as const satisfies Record<SignInMethod, MessageKey>

export const remedyNames = {
  methods: 'web.admin.sign-ins.remedy.methods',
  profile: 'web.admin.sign-ins.remedy.profile',
  policy: 'web.admin.sign-ins.remedy.policy',
  gateways: 'web.admin.sign-ins.remedy.gateways',
  app: 'web.admin.sign-ins.remedy.app',
  apps: 'web.admin.sign-ins.remedy.apps',
  sameAddress: 'web.admin.sign-ins.remedy.same-address',
  samePerson: 'web.admin.sign-ins.remedy.same-person',
} as const satisfies Record<SignInRemedy, MessageKey>
