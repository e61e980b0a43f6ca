import type { Caller } from '#server/domain/caller.ts'
import { ownBrowser } from '#server/domain/own-browser.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

export async function resendOwnCode(system: System, caller: Caller, challengeId: string): Promise<void> {
  const resent = await methods.email.resendCode(system, challengeId, ownBrowser(caller, 'add-email'), 'add-email')
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
