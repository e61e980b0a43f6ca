import { KeyRound, type LucideIcon, Mail, Phone, Smartphone } from 'lucide-react'
import type { PersonMethodBody } from '#contract/graph/person-methods.ts'
import type { SecondStepBody } from '#contract/graph/security-info.ts'
import { leftToRight } from '../../../../kit/words/left-to-right.ts'
import { type MessageKey, message } from '../../../../kit/words/message.ts'

export type Kind = PersonMethodBody['kind']

/** S14: the phone types in the words of the manual, and what Graph calls them. */
export const phoneTypes = {
  phone: { type: 'mobile', label: 'web.admin.users.person.methods.kind.phone' },
  alternatePhone: { type: 'alternateMobile', label: 'web.admin.users.person.methods.kind.alternate-phone' },
  officePhone: { type: 'office', label: 'web.admin.users.person.methods.kind.office-phone' },
} as const satisfies Partial<Record<Kind, { type: string; label: MessageKey }>>

export type PhoneKind = keyof typeof phoneTypes

export function isPhone(kind: Kind): kind is PhoneKind {
  return kind in phoneTypes
}

export const kinds = {
  phone: { icon: Smartphone, label: phoneTypes.phone.label },
  alternatePhone: { icon: Smartphone, label: phoneTypes.alternatePhone.label },
  officePhone: { icon: Phone, label: phoneTypes.officePhone.label },
  email: { icon: Mail, label: 'web.admin.users.person.methods.kind.email' },
  password: { icon: KeyRound, label: 'web.admin.users.person.methods.kind.password' },
} as const satisfies Record<Kind, { icon: LucideIcon; label: MessageKey }>

/** "Mobile +31 XXXXXXX78" */
export function nameOf({ kind, detail }: Pick<PersonMethodBody, 'kind' | 'detail'>): string {
  const label = message(kinds[kind].label)
  return detail === null ? label : `${label} ${leftToRight(detail)}`
}

/** "Text (+31 …)" */
export function stepText({ channel, detail }: SecondStepBody): string {
  const key = channel === 'sms' ? 'web.admin.users.person.methods.channel.sms' : 'web.admin.users.person.methods.channel.voice'
  return message(key, { detail: leftToRight(detail) })
}
