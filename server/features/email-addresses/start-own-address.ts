import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import { payForNewAddress } from '#server/domain/own-address.ts'
import { ownBrowser } from '#server/domain/own-browser.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { readAddress, refuseOther } from './rules.ts'

export interface OwnAddress {
  text: string
  /** It comes in the place of the address there is. */
  replaces: boolean
  locale: Locale
}

/** Somebody says that an address is theirs, and a code goes there. Whether others have it too changes nothing: it names nobody. */
export async function startOwnAddress(system: System, caller: Caller, { text, replaces, locale }: OwnAddress): Promise<string> {
  requireOwnProof(caller, system.now())
  const receiver = readAddress(text)
  const user = await getAllowedPerson(system, caller)
  const owned = await system.emailMethods.ofUser(user.id)
  refuseOther(owned, receiver, replaces)
  const browser = ownBrowser(caller, 'add-email')
  const denial = await payForNewAddress(system, { userId: user.id, address: receiver, owned, binding: browser.binding })
  if (denial) refuse('too_many_new_addresses', { retryAfterSeconds: String(denial.retryAfterSeconds) })
  const request = {
    purpose: 'add-email',
    userId: user.id,
    receiver,
    locale: receiverLocale(user.preferredLanguage, locale),
    browser,
  } as const
  const started = await methods.email.startCode(system, request)
  if (started.kind === 'slow_down') refuse('slow_down', { retryAfterSeconds: String(started.retryAfterSeconds) })
  return started.challengeId
}

/** Where policy lets nobody be mailed, nobody registers an address for it. */
export async function getAllowedPerson({ users, methodPolicies }: Pick<System, 'users' | 'methodPolicies'>, { id }: Caller): Promise<User> {
  const user = (await users.find(id)) ?? refuse('object_not_found', { id })
  const { isAllowed } = await methodPolicies.standingOf('email', id)
  return isAllowed ? user : refuse('email_not_allowed')
}
