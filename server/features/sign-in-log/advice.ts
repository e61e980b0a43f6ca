import type { SignInRemedy } from '#contract/sign-in-log.ts'
import { isSignInResultCode, type SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { MessageKey } from '#server/locale.ts'

interface Advice {
  toDo: MessageKey
  /** Where it is done, the likeliest first. */
  remedies: readonly SignInRemedy[]
}

const nothing: Advice = { toDo: 'features.sign-in-log.advice.nothing', remedies: [] }
const theirTurn: Advice = { toDo: 'features.sign-in-log.advice.theirTurn', remedies: [] }
const startAgain: Advice = { toDo: 'features.sign-in-log.advice.startAgain', remedies: [] }
const signInAgain: Advice = { toDo: 'features.sign-in-log.advice.signInAgain', remedies: [] }
const replyAddress: Advice = { toDo: 'features.sign-in-log.advice.replyAddress', remedies: ['app'] }
const stranger: Advice = { toDo: 'features.sign-in-log.advice.stranger', remedies: ['sameAddress'] }
const paused: Advice = { toDo: 'features.sign-in-log.advice.paused', remedies: ['methods', 'sameAddress'] }
const newPassword: Advice = { toDo: 'features.sign-in-log.advice.newPassword', remedies: ['methods'] }
const newPass: Advice = { toDo: 'features.sign-in-log.advice.newPass', remedies: ['methods'] }
const noPassword: Advice = { toDo: 'features.sign-in-log.advice.noPassword', remedies: ['methods'] }
const disabled: Advice = { toDo: 'features.sign-in-log.advice.disabled', remedies: ['profile'] }
const stopped: Advice = { toDo: 'features.sign-in-log.advice.stopped', remedies: ['methods', 'gateways'] }
const setUp: Advice = { toDo: 'features.sign-in-log.advice.setUp', remedies: ['methods'] }
const secondProof: Advice = { toDo: 'features.sign-in-log.advice.secondProof', remedies: ['methods', 'policy'] }
const notSent: Advice = { toDo: 'features.sign-in-log.advice.notSent', remedies: ['gateways', 'methods'] }
const limit: Advice = { toDo: 'features.sign-in-log.advice.limit', remedies: ['gateways', 'sameAddress'] }
const assign: Advice = { toDo: 'features.sign-in-log.advice.assign', remedies: ['app'] }
const wrong: Advice = { toDo: 'features.sign-in-log.advice.wrong', remedies: ['samePerson', 'sameAddress', 'methods'] }
const ownDirectory: Advice = { toDo: 'features.sign-in-log.advice.ownDirectory', remedies: [] }
const blocked: Advice = { toDo: 'features.sign-in-log.advice.blocked', remedies: ['policy'] }
const builder: Advice = { toDo: 'features.sign-in-log.advice.builder', remedies: ['app'] }
const consent: Advice = { toDo: 'features.sign-in-log.advice.consent', remedies: ['app'] }
const guest: Advice = { toDo: 'features.sign-in-log.advice.guest', remedies: ['methods'] }
const unknownApp: Advice = { toDo: 'features.sign-in-log.advice.unknownApp', remedies: ['apps'] }
const appSecret: Advice = { toDo: 'features.sign-in-log.advice.appSecret', remedies: ['app'] }

const advices: Readonly<Record<SignInResultCode, Advice>> = {
  0: nothing,
  16000: theirTurn,
  50011: replyAddress,
  50034: stranger,
  50053: paused,
  50055: newPassword,
  50056: noPassword,
  50057: disabled,
  50058: stopped,
  50072: setUp,
  50074: secondProof,
  50076: secondProof,
  50078: secondProof,
  50079: setUp,
  50086: notSent,
  50087: notSent,
  50088: limit,
  50089: startAgain,
  50105: assign,
  50126: wrong,
  50132: signInAgain,
  50133: signInAgain,
  50140: theirTurn,
  50144: ownDirectory,
  50173: signInAgain,
  50199: theirTurn,
  53003: blocked,
  54005: builder,
  65001: consent,
  65004: consent,
  70000: signInAgain,
  70008: signInAgain,
  70011: builder,
  70016: theirTurn,
  70018: startAgain,
  70019: startAgain,
  70043: signInAgain,
  90014: builder,
  90072: guest,
  90119: startAgain,
  130502: blocked,
  130503: wrong,
  130504: newPass,
  130505: newPass,
  500011: builder,
  500121: wrong,
  700016: unknownApp,
  700082: signInAgain,
  7000215: appSecret,
  7000218: appSecret,
  7000222: appSecret,
}

/** What an administrator can do about it; of a code a newer server wrote we know nothing. */
export function adviceOn(code: number): Advice {
  return isSignInResultCode(code) ? advices[code] : { toDo: 'features.sign-in-log.advice.unknown', remedies: [] }
}
