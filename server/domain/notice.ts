import type { PhoneType } from './phone.ts'

/** What became of something a person proves themselves with. */
export const noticeKinds = [
  'phone-added',
  'phone-changed',
  'phone-deleted',
  'text-sign-in-on',
  'text-sign-in-off',
  'default-changed',
  'email-added',
  'email-changed',
  'email-deleted',
  'password-changed',
  'reregistration-required',
  'pass-added',
] as const

export type NoticeKind = (typeof noticeKinds)[number]

/** All that is told of a change. No number and no address stands here in full. */
export interface NoticedChange {
  kind: NoticeKind
  /** The number or address it is about, as it may be shown to whoever looks over a shoulder. */
  detail: string | undefined
  phoneType: PhoneType | undefined
  /** An administrator, or an app in its own name: then where they were is nobody's business. */
  isOwn: boolean
  /** Where it was done, if it was done by the person themselves. */
  address: string | undefined
  userAgent: string | undefined
}

export interface Notice {
  id: string
  changeId: string
  userId: string
  method: 'sms' | 'email'
  receiver: string
  change: NoticedChange
  happenedAt: Date
  expiresAt: Date
  reportedAt: Date | undefined
}

/** How long "this was not me" can be said by the link alone. */
export const noticeLinkMs = 72 * 60 * 60 * 1000

/** A message about yesterday only frightens. */
export const noticeUsefulMs = 24 * 60 * 60 * 1000
