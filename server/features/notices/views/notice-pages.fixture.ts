import type { Locale } from '#contract/locale.ts'
import type { NoticedChange } from '#server/domain/notice.ts'
import type { Page } from '#server/http/page.ts'
import { linkOverView, noticeView, reportedView } from './notice-view.ts'

/** Every page that a link in a notice leads to, with as much on it as there can be; `theirs` is what somebody else chose. */
export function noticePages(locale: Locale, theirs: string): Readonly<Record<string, Page>> {
  const setting = { locale, organisationName: theirs, brand: { colour: undefined, logo: undefined, note: theirs } }
  const change: NoticedChange = {
    kind: 'phone-changed',
    detail: theirs,
    phoneType: 'mobile',
    isOwn: true,
    address: theirs,
    userAgent: theirs,
  }
  const notice = { change, happenedAt: new Date('2026-11-28T13:20:00Z') }
  return {
    notice: noticeView({ ...setting, address: `/n/${'A'.repeat(43)}`, notice }),
    reported: reportedView(setting),
    linkOver: linkOverView(setting),
  }
}
