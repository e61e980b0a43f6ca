import { regionalLocale } from '../../kit/words/regional-locale.ts'

const hourly = 'T'

/** A day (`2026-11-20`) or an hour (`2026-11-20T09:00`) as people write it: short under a chart, long where it is read. */
export function momentNames(moment: string): { short: string; long: string } {
  // It is in the time zone of whoever asked already, so nothing is moved.
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(regionalLocale(), { ...options, timeZone: 'UTC' })
  if (moment.includes(hourly)) {
    const at = new Date(`${moment}Z`)
    return {
      short: format({ timeStyle: 'short' }).format(at),
      long: format({ weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(at),
    }
  }
  const at = new Date(`${moment}T00:00Z`)
  return {
    short: format({ day: 'numeric', month: 'short' }).format(at),
    long: format({ weekday: 'short', day: 'numeric', month: 'long' }).format(at),
  }
}
