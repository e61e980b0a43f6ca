import { Building2, KeyRound, type LucideIcon, Mail, Phone, Smartphone } from 'lucide-react'
import type { MethodKind, OwnMethodBody, SecondStepBody } from '#contract/graph/security-info.ts'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'

interface KindFace {
  label: MessageKey
  /** What it is good for, in a line, where somebody chooses. */
  note: MessageKey
  icon: LucideIcon
}

/** In the order of the page. */
export const kinds = {
  phone: { label: 'web.account.security-info.kind.phone', note: 'web.account.security-info.kind.phone-note', icon: Smartphone },
  alternatePhone: {
    label: 'web.account.security-info.kind.alternate-phone',
    note: 'web.account.security-info.kind.alternate-phone-note',
    icon: Phone,
  },
  officePhone: {
    label: 'web.account.security-info.kind.office-phone',
    note: 'web.account.security-info.kind.office-phone-note',
    icon: Building2,
  },
  email: { label: 'web.account.security-info.kind.email', note: 'web.account.security-info.kind.email-note', icon: Mail },
  password: { label: 'web.account.security-info.kind.password', note: 'web.account.security-info.kind.password-note', icon: KeyRound },
} as const satisfies Record<MethodKind, KindFace>

const stepLabels = {
  push: 'web.account.security-info.step.push',
  oath: 'web.account.security-info.step.oath',
  sms: 'web.account.security-info.step.sms',
  voiceMobile: 'web.account.security-info.step.voice-mobile',
  voiceAlternateMobile: 'web.account.security-info.step.voice-alternate',
  voiceOffice: 'web.account.security-info.step.voice-office',
} as const satisfies Record<SecondStepBody['method'], MessageKey>

/** Phone - text (+31 6…) */
export function stepText({ method, detail }: SecondStepBody): string {
  return message(stepLabels[method], { detail: leftToRight(detail) })
}

/** A number that signs somebody in goes by what it does. */
export function titleOf({ kind, smsSignIn }: OwnMethodBody): string {
  return message(isSignInTile(smsSignIn) ? 'web.account.security-info.tile.sms-sign-in' : kinds[kind].label)
}

export function isSignInTile(smsSignIn: OwnMethodBody['smsSignIn']): boolean {
  return smsSignIn?.isSignInName === true && smsSignIn.isOffered
}

/** The value in the middle of a sentence; of a password, which has none, its name. */
export function namedInText({ kind, detail }: OwnMethodBody): string {
  return detail === null ? message(kinds[kind].label) : leftToRight(detail)
}
