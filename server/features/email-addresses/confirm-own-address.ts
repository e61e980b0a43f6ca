import type { Caller } from '#server/domain/caller.ts'
import type { EmailAddress } from '#server/domain/email-address.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import { keepOwnAddress } from '#server/domain/own-address.ts'
import { ownBrowser } from '#server/domain/own-browser.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { refuseOther } from './rules.ts'
import { getAllowedPerson } from './start-own-address.ts'

interface Proof {
  challengeId: string
  code: string
  replaces: boolean
}

/** The code came back, so the address is its person's. Everything is looked at again, and kept together with the code being used up. */
export async function confirmOwnAddress(system: System, caller: Caller, { challengeId, code, replaces }: Proof): Promise<EmailMethod> {
  requireOwnProof(caller, system.now())
  let kept: EmailMethod | undefined
  const keep = async (stores: Stores, address: EmailAddress) => {
    const now = system.now()
    const user = await getAllowedPerson(stores, caller)
    refuseOther(await stores.emailMethods.ofUser(user.id), address, replaces)
    kept = (await keepOwnAddress(stores, caller, { user, address }, now)).email
  }
  const proof = { challengeId, browser: ownBrowser(caller, 'add-email'), answer: code, purpose: 'add-email' } as const
  const outcome = await methods.email.checkCode(system, proof, async (stores, checked) => {
    if (checked.kind === 'passed') await keep(stores, checked.receiver)
  })
  if (outcome.kind === 'wrong') refuse('code_wrong', { triesLeft: String(outcome.triesLeft) })
  return kept ?? refuse('code_over')
}
