import type { SignInMethod, SignInOutcome } from '#contract/sign-in-log.ts'
import type { SignInStepResult } from '#server/domain/sign-in-event.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { MessageKey } from '#server/locale.ts'

/** Why it did not come to a sign-in. */
export const reasons: Readonly<Record<Exclude<SignInResultCode, 0>, MessageKey>> = {
  16000: 'features.sign-in-log.result.16000',
  50011: 'features.sign-in-log.result.50011',
  50034: 'features.sign-in-log.result.50034',
  50053: 'features.sign-in-log.result.50053',
  50055: 'features.sign-in-log.result.50055',
  50056: 'features.sign-in-log.result.50056',
  50057: 'features.sign-in-log.result.50057',
  50058: 'features.sign-in-log.result.50058',
  50072: 'features.sign-in-log.result.50072',
  50074: 'features.sign-in-log.result.50074',
  50076: 'features.sign-in-log.result.50076',
  50078: 'features.sign-in-log.result.50078',
  50079: 'features.sign-in-log.result.50079',
  50086: 'features.sign-in-log.result.50086',
  50087: 'features.sign-in-log.result.50087',
  50088: 'features.sign-in-log.result.50088',
  50089: 'features.sign-in-log.result.50089',
  50105: 'features.sign-in-log.result.50105',
  50126: 'features.sign-in-log.result.50126',
  50132: 'features.sign-in-log.result.50132',
  50133: 'features.sign-in-log.result.50133',
  50140: 'features.sign-in-log.result.50140',
  50144: 'features.sign-in-log.result.50144',
  50173: 'features.sign-in-log.result.50173',
  50199: 'features.sign-in-log.result.50199',
  53003: 'features.sign-in-log.result.53003',
  54005: 'features.sign-in-log.result.54005',
  65001: 'features.sign-in-log.result.65001',
  65004: 'features.sign-in-log.result.65004',
  70000: 'features.sign-in-log.result.70000',
  70008: 'features.sign-in-log.result.70008',
  70011: 'features.sign-in-log.result.70011',
  70016: 'features.sign-in-log.result.70016',
  70018: 'features.sign-in-log.result.70018',
  70019: 'features.sign-in-log.result.70019',
  70043: 'features.sign-in-log.result.70043',
  90014: 'features.sign-in-log.result.90014',
  90072: 'features.sign-in-log.result.90072',
  90119: 'features.sign-in-log.result.90119',
  500011: 'features.sign-in-log.result.500011',
  500121: 'features.sign-in-log.result.500121',
  700016: 'features.sign-in-log.result.700016',
  700082: 'features.sign-in-log.result.700082',
  7000215: 'features.sign-in-log.result.7000215',
  7000218: 'features.sign-in-log.result.7000218',
  7000222: 'features.sign-in-log.result.7000222',
}

export const stepResults: Readonly<Record<SignInStepResult, MessageKey>> = {
  codeSent: 'features.sign-in-log.step.codeSent',
  codeNotSent: 'features.sign-in-log.step.codeNotSent',
  correctCode: 'features.sign-in-log.step.correctCode',
  wrongCode: 'features.sign-in-log.step.wrongCode',
  codeExpired: 'features.sign-in-log.step.codeExpired',
  tooManyTries: 'features.sign-in-log.step.tooManyTries',
  correctPassword: 'features.sign-in-log.step.correctPassword',
  wrongPassword: 'features.sign-in-log.step.wrongPassword',
  approved: 'features.sign-in-log.step.approved',
  denied: 'features.sign-in-log.step.denied',
  heldBySession: 'features.sign-in-log.step.heldBySession',
  heldByToken: 'features.sign-in-log.step.heldByToken',
}

/** The same in whole sentences, for whoever reads one attempt from its beginning. */
export const toldSteps: Readonly<Record<SignInStepResult, MessageKey>> = {
  codeSent: 'features.sign-in-log.told.codeSent',
  codeNotSent: 'features.sign-in-log.told.codeNotSent',
  correctCode: 'features.sign-in-log.told.correctCode',
  wrongCode: 'features.sign-in-log.told.wrongCode',
  codeExpired: 'features.sign-in-log.told.codeExpired',
  tooManyTries: 'features.sign-in-log.told.tooManyTries',
  correctPassword: 'features.sign-in-log.told.correctPassword',
  wrongPassword: 'features.sign-in-log.told.wrongPassword',
  approved: 'features.sign-in-log.told.approved',
  denied: 'features.sign-in-log.told.denied',
  heldBySession: 'features.sign-in-log.told.heldBySession',
  heldByToken: 'features.sign-in-log.told.heldByToken',
}

export const methodNames: Readonly<Record<SignInMethod, MessageKey>> = {
  'Text message': 'features.sign-in-log.method.sms',
  'Phone call': 'features.sign-in-log.method.voice',
  'Email one-time passcode': 'features.sign-in-log.method.email',
  Password: 'features.sign-in-log.method.password',
  'Temporary Access Pass': 'features.sign-in-log.method.pass',
  Passkey: 'features.sign-in-log.method.passkey',
  'Authenticator app': 'features.sign-in-log.method.push',
  'Software OATH token': 'features.sign-in-log.method.totp',
  'Previously satisfied': 'features.sign-in-log.method.earlier',
}

export const endings: Readonly<Record<SignInOutcome, MessageKey>> = {
  success: 'features.sign-in-log.told.success',
  failure: 'features.sign-in-log.told.failure',
  interrupted: 'features.sign-in-log.told.interrupted',
}
