import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { browserOf } from './start-own-number.ts'

/** What somebody is to do to prove a number, and how far that is. */
export async function viewOwnProof(system: System, caller: Caller, id: string) {
  const browser = browserOf(caller)
  const call = await methods.voice.viewCall(system, id, browser, 'add-phone')
  if (call) return { channel: 'voice', ...call } as const
  const code = await methods.sms.viewChallenge(system, id, browser, 'add-phone')
  return code ? ({ channel: 'sms', phoneType: 'mobile', number: code.receiver, ...code } as const) : refuse('code_over')
}
