import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { browserOf } from './start-own-number.ts'
import { viewOwnProof } from './view-own-proof.ts'

/** One more text, or one more call. */
export async function resendOwnCode(system: System, caller: Caller, id: string): Promise<void> {
  const { channel } = await viewOwnProof(system, caller, id)
  const browser = browserOf(caller)
  const again =
    channel === 'voice'
      ? await methods.voice.callAgain(system, id, browser, 'add-phone')
      : await methods.sms.resendCode(system, id, browser, 'add-phone')
  switch (again.kind) {
    case 'sent':
    case 'calling':
      return
    case 'too_soon':
      return refuse('slow_down', { retryAfterSeconds: String(again.waitSeconds) })
    case 'slow_down':
      return refuse('slow_down', { retryAfterSeconds: String(again.retryAfterSeconds) })
    case 'no_more':
    case 'over':
      return refuse(channel === 'voice' ? 'call_over' : 'code_over')
  }
}
