import type { Locale } from '#contract/locale.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { Interaction } from '#server/domain/interaction.ts'
import { decoyNumber, maskedNumber, type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { type IdentifierType, maskIdentifier, type SignInAttempt } from '#server/domain/sign-in-event.ts'
import type { SignInByNumber } from '#server/domain/sms-sign-in.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import type { Home } from './find-homes.ts'
import { findPerson } from './find-person.ts'
import { resultOf } from './rules.ts'

export interface Claim {
  typed: string
  /** The country somebody chose for a number that needs one. */
  country: string | undefined
  interaction: Interaction
  browser: Browser
  locale: Locale
  userAgent: string
  requestId: string
  /** Where the number is looked for when the app takes people of any organisation. */
  findHomes: ((number: PhoneNumber) => Promise<Home[]>) | undefined
}

export type Identified =
  | { kind: 'code'; challengeId: string; attemptId: string; typedMasked: string }
  | { kind: 'needs_country' }
  | { kind: 'malformed' }
  | { kind: 'slow_down'; retryAfterSeconds: number }

/**
 * Somebody says who they are, by number or by user name, and a code goes to the number they sign in with. Whoever is unknown, or may not
 * sign in so, gets the same answer after the same work, and no text.
 */
export async function identifyPerson(system: System, claim: Claim): Promise<Identified> {
  const named = await numberOf(system, claim)
  if (named.kind !== 'number') return named
  const { number, type } = named
  const facts = claim.findHomes ? await anywhere(system, claim.findHomes, number) : await findPerson(system, number)
  const userId = facts?.state === 'ready' ? facts.user.id : undefined
  const attemptId = system.signIns.newId(system.now())
  const locale = receiverLocale(facts?.state === 'ready' ? facts.user.preferredLanguage : undefined, claim.locale)
  const request = { purpose: 'sign-in', userId, receiver: number, locale, browser: claim.browser } as const
  const started = await methods.sms.startCode(system, request, (stores) => openAttempt(stores, attemptId, claim, type, facts, system.now()))
  if (started.kind === 'slow_down') return started
  // A name is shown as it was typed, whether anybody has it or not.
  const typedMasked = type === 'phoneNumber' ? maskedNumber(number) : claim.typed.trim()
  return { kind: 'code', challengeId: started.challengeId, attemptId, typedMasked }
}

/** Of another organisation's people this one's log learns nothing. */
async function anywhere(system: Pick<System, 'organization'>, findHomes: NonNullable<Claim['findHomes']>, number: PhoneNumber) {
  const homes = await findHomes(number)
  const own = homes.find((home) => home.system.organization.id === system.organization.id)
  return (own ?? homes[0])?.facts
}

type Named = { kind: 'number'; number: PhoneNumber; type: IdentifierType } | { kind: 'needs_country' } | { kind: 'malformed' }

async function numberOf(system: Pick<System, 'organization' | 'users' | 'phones'>, { typed, country }: Claim): Promise<Named> {
  const parsed = parsePhoneNumber(typed, country ?? system.organization.defaultCountry)
  if (parsed.kind === 'number') return { ...parsed, type: 'phoneNumber' }
  if (parsed.kind === 'needs_country') return parsed
  if (parsed.kind === 'not_a_number') return { kind: 'number', number: await numberOfName(system, typed.trim()), type: 'userPrincipalName' }
  // With the wrong country guessed for somebody, the same digits may still be a number elsewhere.
  return country === undefined ? withoutGuess(typed) : parsed
}

function withoutGuess(typed: string): Named {
  const parsed = parsePhoneNumber(typed)
  return parsed.kind === 'needs_country' ? parsed : { kind: 'malformed' }
}

/** Nobody of that name, or nobody with a number: one that no network has stands in, so that all else goes on as ever. */
async function numberOfName({ users, phones }: Pick<System, 'users' | 'phones'>, name: string): Promise<PhoneNumber> {
  const user = await users.find(name)
  const number = await phones.signInNumberOf(user?.id ?? name)
  return number ?? decoyNumber(name.toLowerCase())
}

function openAttempt(
  { signIns }: Pick<Stores, 'signIns'>,
  id: string,
  { typed, interaction, browser, userAgent, requestId, findHomes }: Claim,
  identifierType: IdentifierType,
  facts: SignInByNumber | undefined,
  now: Date,
): Promise<void> {
  // Whose person it is shows only when the number is proven, and then it is written in their organisation's log.
  const person = findHomes ? undefined : facts?.user
  const attempt: SignInAttempt = {
    id,
    startedAt: now,
    correlationId: requestId,
    userId: person?.id,
    userDisplayName: person?.displayName,
    userPrincipalName: person?.userPrincipalName,
    appId: interaction.appId,
    appDisplayName: interaction.appName,
    identifier: findHomes ? maskIdentifier({ identifier: typed, identifierType, userId: undefined }) : typed,
    identifierType,
    address: browser.address,
    userAgent,
    protocol: interaction.isDeviceCode ? 'deviceCode' : 'oAuth2',
    isInteractive: true,
    result: resultOf(facts),
  }
  return signIns.open(attempt)
}
