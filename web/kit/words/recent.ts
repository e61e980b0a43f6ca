import { serverNow } from '../session/clock.ts'
import { currentLocale } from './locale.ts'
import { message } from './message.ts'
import { regionalLocale } from './regional-locale.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const daysByName = 7

/** `just now`, `9 minutes ago`, `today at 14:05`, `yesterday at 09:12`, `Monday at 17:30`, `3 November at 08:00`: the way people say it. */
export function recentText(instant: string, now = serverNow()): string {
  const then = new Date(instant)
  const minutes = Math.round((now - then.getTime()) / minuteMs)
  if (minutes < 1) return message('web.kit.moments.just-now')
  if (minutes < 60) return new Intl.RelativeTimeFormat(regionalLocale(), { numeric: 'always' }).format(-minutes, 'minute')
  return message('web.kit.moments.at', { day: dayText(instant, now), time: timeText(instant) })
}

/** `14:05`. */
export function timeText(instant: string): string {
  return new Intl.DateTimeFormat(regionalLocale(), { timeStyle: 'short' }).format(new Date(instant))
}

/** `14:05:09`. */
export function secondsText(instant: string): string {
  return new Intl.DateTimeFormat(regionalLocale(), { timeStyle: 'medium' }).format(new Date(instant))
}

export function isToday(instant: string, now = serverNow()): boolean {
  return daysBetween(new Date(instant), new Date(now)) === 0
}

/** `today`, `yesterday`, `Monday`, `3 November`, `3 November 2025`. */
export function dayText(instant: string, now = serverNow()): string {
  const then = new Date(instant)
  const days = daysBetween(then, new Date(now))
  if (days < 2) return new Intl.RelativeTimeFormat(regionalLocale(), { numeric: 'auto' }).format(-days, 'day')
  if (days < daysByName) return new Intl.DateTimeFormat(regionalLocale(), { weekday: 'long' }).format(then)
  const isThisYear = then.getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(regionalLocale(), { day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) }).format(then)
}

/** To the second and with the time zone, for whoever has to tell it to somebody else. */
export function exactText(instant: string): string {
  return new Intl.DateTimeFormat(regionalLocale(), { dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant))
}

/** At the beginning of a sentence. */
export function capitalised(text: string): string {
  const [first] = new Intl.Segmenter(currentLocale()).segment(text)
  return first ? first.segment.toLocaleUpperCase(currentLocale()) + text.slice(first.segment.length) : text
}

/** `a, b and c`. */
export function listText(items: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(items)
}

/** Nights between them, in the time zone of whoever looks. */
function daysBetween(then: Date, now: Date): number {
  const midnight = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate())
  return Math.max(0, Math.round((midnight(now) - midnight(then)) / dayMs))
}
