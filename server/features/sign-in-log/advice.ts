import type { SignInRemedy } from '#contract/sign-in-log.ts'
import { isSignInResultCode, type SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { MessageKey } from '#server/locale.ts'

interface Advice {
  toDo: MessageKey
  /** Where it is done, the likeliest first. */
  remedies: readonly SignInRemedy[]
}

const section = 'features.sign-in-log.advice'

const nothing: Advice = { toDo: `${section}.nothing`, remedies: [] }
const theirTurn: Advice = { toDo: `${section}.theirTurn`, remedies: [] }
const startAgain: Advice = { toDo: `${section}.startAgain`, remedies: [] }
const signInAgain: Advice = { toDo: `${section}.signInAgain`, remedies: [] }
const replyAddress: Advice = { toDo: `${section}.replyAddress`, remedies: ['app'] }
const stranger: Advice = { toDo: `${section}.stranger`, remedies: ['sameAddress'] }
const paused: Advice = { toDo: `${section}.paused`, remedies: ['methods', 'sameAddress'] }
const newPassword: Advice = { toDo: `${section}.newPassword`, remedies: ['methods'] }
const noPassword: Advice = { toDo: `${section}.noPassword`, remedies: ['methods'] }
const disabled: Advice = { toDo: `${section}.disabled`, remedies: ['profile'] }
const stopped: Advice = { toDo: `${section}.stopped`, remedies: ['methods', 'gateways'] }
const setUp: Advice = { toDo: `${section}.setUp`, remedies: ['methods'] }
const secondProof: Advice = { toDo: `${section}.secondProof`, remedies: ['methods', 'policy'] }
const notSent: Advice = { toDo: `${section}.notSent`, remedies: ['gateways', 'methods'] }
const limit: Advice = { toDo: `${section}.limit`, remedies: ['gateways', 'sameAddress'] }
const assign: Advice = { toDo: `${section}.assign`, remedies: ['app'] }
const wrong: Advice = { toDo: `${section}.wrong`, remedies: ['samePerson', 'sameAddress', 'methods'] }
const ownDirectory: Advice = { toDo: `${section}.ownDirectory`, remedies: [] }
const blocked: Advice = { toDo: `${section}.blocked`, remedies: ['policy'] }
const builder: Advice = { toDo: `${section}.builder`, remedies: ['app'] }
const consent: Advice = { toDo: `${section}.consent`, remedies: ['app'] }
const guest: Advice = { toDo: `${section}.guest`, remedies: ['methods'] }
const unknownApp: Advice = { toDo: `${section}.unknownApp`, remedies: ['apps'] }
const appSecret: Advice = { toDo: `${section}.appSecret`, remedies: ['app'] }

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
  return isSignInResultCode(code) ? advices[code] : { toDo: `${section}.unknown`, remedies: [] }
}
