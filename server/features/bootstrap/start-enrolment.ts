import type { Locale } from '#contract/locale.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { readNumber } from '#server/domain/given-number.ts'
import type { PasswordProblem } from '#server/domain/password-policy.ts'
import { mayReceiveTexts, type PhoneNumber } from '#server/domain/phone-number.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

export interface Chosen {
  secret: string
  password: string
  /** As it was typed. */
  number: string
  /** A text can be sent, so the number is proven at once. */
  hasTexts: boolean
  browser: Browser
  locale: Locale
}

export type StartedEnrolment =
  | { kind: 'started'; passwordHash: string; number: PhoneNumber; challengeId: string | undefined }
  | { kind: 'bad-password'; problem: PasswordProblem }
  | { kind: 'bad-number' }
  | { kind: 'slow-down'; retryAfterSeconds: number }

/** The password is judged, and a code goes to the number. Nothing is kept of either before the code comes back, and the link is not spent. */
export async function startEnrolment(system: System, chosen: Chosen): Promise<StartedEnrolment> {
  const { secret, password, hasTexts, browser, locale } = chosen
  const userId = (await system.bootstrapLinks.find(secret, system.now())) ?? refuse('bootstrap_link_spent')
  const user = (await system.users.find(userId)) ?? refuse('bootstrap_link_spent')
  const number = numberIn(chosen.number, system.organization.defaultCountry)
  if (!number) return { kind: 'bad-number' }
  const problem = await methods.password.judgeNewPassword(system, user, { text: password, mustChange: false })
  if (problem) return { kind: 'bad-password', problem }
  const passwordHash = await system.passwords.hash(password)
  if (!hasTexts) return { kind: 'started', passwordHash, number, challengeId: undefined }
  const started = await methods.sms.startCode(system, { purpose: 'add-phone', userId, receiver: number, locale, browser })
  if (started.kind === 'slow_down') return { ...started, kind: 'slow-down' }
  return { kind: 'started', passwordHash, number, challengeId: started.challengeId }
}

function numberIn(text: string, country: string | undefined): PhoneNumber | undefined {
  try {
    const { number } = readNumber(text, 'mobile', { property: 'number', country })
    return mayReceiveTexts(number) ? number : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
