import type { Locale } from '#contract/locale.ts'
import { deviceOf } from '#server/domain/device.ts'
import type { Notice, NoticedChange, NoticeKind } from '#server/domain/notice.ts'
import { type MessageKey, message } from '#server/locale.ts'

/** As a heading, and short enough for a text message. */
const titles: Readonly<Record<NoticeKind, MessageKey>> = {
  'phone-added': 'features.notices.what.phone-added',
  'phone-changed': 'features.notices.what.phone-changed',
  'phone-deleted': 'features.notices.what.phone-deleted',
  'text-sign-in-on': 'features.notices.what.text-sign-in-on',
  'text-sign-in-off': 'features.notices.what.text-sign-in-off',
  'default-changed': 'features.notices.what.default-changed',
  'email-added': 'features.notices.what.email-added',
  'email-changed': 'features.notices.what.email-changed',
  'email-deleted': 'features.notices.what.email-deleted',
  'password-changed': 'features.notices.what.password-changed',
  'reregistration-required': 'features.notices.what.reregistration-required',
  'pass-added': 'features.notices.what.pass-added',
}

export function whatHappened(locale: Locale, { kind }: Pick<NoticedChange, 'kind'>): string {
  return message(locale, titles[kind])
}

/** An organisation has no time zone, and its people have many: one that says which it is misleads nobody. */
export function whenHappened(locale: Locale, { happenedAt }: Pick<Notice, 'happenedAt'>, length: 'short' | 'long'): string {
  const day = length === 'short' ? ({ day: 'numeric', month: 'short' } as const) : ({ dateStyle: 'long' } as const)
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }).format(happenedAt)
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' }).format(happenedAt)
  return `${date} ${time} UTC`
}

/** Who did it, and from where if it was somebody with the person's own account. */
export function whoDidIt(locale: Locale, { isOwn, address, userAgent }: NoticedChange): string {
  if (!isOwn) return message(locale, 'features.notices.who.administrator')
  const { browser, operatingSystem } = deviceOf(userAgent ?? '')
  const device = [browser, operatingSystem].filter((part) => part !== null).join(', ')
  const place = [device, address].filter(Boolean).join(', ')
  return place === '' ? message(locale, 'features.notices.who.self') : message(locale, 'features.notices.who.self-from', { place })
}
