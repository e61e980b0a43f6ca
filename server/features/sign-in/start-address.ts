import type { Locale } from '#contract/locale.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { type EmailAddress, parseEmailAddress } from '#server/domain/email-address.ts'
import { payForNewAddress } from '#server/domain/own-address.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

export interface GivenOwnAddress {
  userId: string
  text: string
  browser: Browser
  locale: Locale
}

export type StartedAddress =
  | { kind: 'started'; challengeId: string; address: EmailAddress }
  | { kind: 'malformed' | 'too-many' }
  | { kind: 'slow-down'; retryAfterSeconds: number }

/** Somebody who is signing in says which address is theirs, and a code goes there. */
export async function startAddress(system: System, { userId, text, browser, locale }: GivenOwnAddress): Promise<StartedAddress> {
  const address = parseEmailAddress(text)
  if (!address) return { kind: 'malformed' }
  const owned = await system.emailMethods.ofUser(userId)
  if (await payForNewAddress(system, { userId, address, owned, binding: browser.binding })) return { kind: 'too-many' }
  const user = (await system.users.find(userId)) ?? refuse('changed_meanwhile')
  const receiver = { receiver: address, locale: receiverLocale(user.preferredLanguage, locale) }
  const started = await methods.email.startCode(system, { purpose: 'add-email', userId, browser, ...receiver })
  return started.kind === 'started' ? { ...started, address } : { ...started, kind: 'slow-down' }
}
