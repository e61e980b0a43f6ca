import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { browserOf } from './start-own-number.ts'

export async function resendOwnCode(system: System, caller: Caller, challengeId: string): Promise<void> {
  const resent = await methods.sms.resendCode(system, challengeId, browserOf(caller), 'add-phone')
  switch (resent.kind) {
    case 'sent':
      return
    case 'too_soon':
      return refuse('slow_down', { retryAfterSeconds: String(resent.waitSeconds) })
    case 'slow_down':
      return refuse('slow_down', { retryAfterSeconds: String(resent.retryAfterSeconds) })
    case 'no_more':
    case 'over':
      return refuse('code_over')
  }
}
