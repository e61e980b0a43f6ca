import type { Locale } from '#contract/locale.ts'
import { type Call, type CallPurpose, callTriesTotalMax, triesPerCallMax } from '#server/domain/call.ts'
import { type MessageKey, message } from '#server/locale.ts'

const reasons: Readonly<Record<CallPurpose, MessageKey>> = {
  'add-phone': 'methods.voice.reason.add-phone',
  'second-factor': 'methods.voice.reason.second-factor',
  'password-reset': 'methods.voice.reason.password-reset',
  'step-up': 'methods.voice.reason.step-up',
}

/** What whoever answers hears: who calls, why, and what to press. All of it twice, and nothing of it is a secret: the digit is on the screen. */
export function openingWords({ locale, purpose }: Pick<Call, 'locale' | 'purpose'>, organisation: string): string[] {
  const once = [
    message(locale, 'methods.voice.greeting', { organisation: spoken(organisation) }),
    message(locale, reasons[purpose]),
    message(locale, 'methods.voice.ask'),
    message(locale, 'methods.voice.not-you'),
  ]
  return [...once, message(locale, 'methods.voice.again'), ...once]
}

/** After the last wrong one there is no other try in this call. */
export type KeysOutcome = 'right' | 'wrong' | 'last-wrong'

export function wordsAfterKeys(locale: Locale, outcome: KeysOutcome): string[] {
  if (outcome === 'right') return [message(locale, 'methods.voice.right')]
  if (outcome === 'wrong') return [message(locale, 'methods.voice.wrong'), message(locale, 'methods.voice.ask')]
  return [message(locale, 'methods.voice.last-wrong')]
}

export function hasTriesLeft({ tries, triesTotal }: Pick<Call, 'tries' | 'triesTotal'>): boolean {
  return tries < triesPerCallMax && triesTotal < callTriesTotalMax
}

/** What a voice would stumble over, or read as a command, is left out of a name. */
function spoken(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N}\p{M}\s.,'&-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
