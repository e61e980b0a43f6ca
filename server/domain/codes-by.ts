import type { Stores } from '#server/system.ts'
import { type CodeAnswer, checkCode, type OnOutcome } from './check-code.ts'
import {
  type Alongside,
  type Browser,
  type Carrier,
  type CodeRequest,
  type Needs,
  resendCode,
  startCode,
  viewChallenge,
} from './code-challenge.ts'
import type { CodePurpose } from './code-purpose.ts'
import { endPause } from './end-pause.ts'

/** All that a method does whose proof is a code that was sent somewhere. */
export function codesBy<Receiver extends string>(carrier: Carrier<Receiver>) {
  return {
    startCode: (system: Needs, request: CodeRequest<Receiver>, alongside?: Alongside) => startCode(system, carrier, request, alongside),
    resendCode: (system: Needs, challengeId: string, browser: Browser, purpose: CodePurpose) =>
      resendCode(system, carrier, challengeId, browser, purpose),
    viewChallenge: (system: Needs, challengeId: string, browser: Browser, purpose: CodePurpose) =>
      viewChallenge(system, carrier, challengeId, browser, purpose),
    checkCode: (system: Needs, answer: CodeAnswer, alongside: OnOutcome<Receiver>) => checkCode(system, carrier, answer, alongside),
    endPause: (stores: Pick<Stores, 'challenges' | 'methodPauses'>, receiver: Receiver) => endPause(stores, carrier, receiver),
  }
}
