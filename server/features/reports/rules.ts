import { type ReportPeriod, reportPeriods } from '#contract/report-periods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { hourMs, type Tally } from '#server/domain/tally.ts'

/** Which days are counted, and whose midnight ends them. */
export interface Asked {
  period: ReportPeriod
  timeZone: string
}

/** What stands in parentheses behind the name of a function, as OData writes it: in any order; without a time zone it is UTC. */
export function readAsked(name: string, parameters: string): Asked {
  const given = /^\(\s*(\w+)='([^']+)'(?:\s*,\s*(\w+)='([^']+)')?\s*\)$/.exec(parameters)
  const values = new Map([
    [given?.[1], given?.[2]],
    [given?.[3], given?.[4]],
  ])
  const isKnown = [...values.keys()].every((key) => key === undefined || key === 'period' || key === 'timeZone')
  const period = values.get('period')
  const timeZone = values.get('timeZone') ?? 'UTC'
  if (!isKnown || !isPeriod(period) || !isTimeZone(timeZone)) refuse('report_function_unknown', { function: name })
  return { period, timeZone }
}

function isPeriod(text: string | undefined): text is ReportPeriod {
  return text !== undefined && Object.hasOwn(reportPeriods, text)
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

/** Names the day, or in a report of one day the hour, in which an instant lies. */
export class Calendar {
  readonly from: Date
  /** The end of this hour. */
  readonly until: Date
  readonly moments: readonly string[]
  readonly #format: Intl.DateTimeFormat
  readonly #isByHour: boolean
  /** To name an instant in a time zone is slow, and every hour is asked for many times. */
  readonly #named = new Map<number, string>()

  constructor({ period, timeZone }: Asked, now: Date) {
    this.#isByHour = period === 'D1'
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    })
    const thisHour = Math.floor(now.getTime() / hourMs) * hourMs
    // One hour more than the days have, for the day on which clocks are put back; what is of an earlier day falls out below.
    const hours = Array.from({ length: reportPeriods[period] * 24 + 1 }, (_, index) => thisHour - index * hourMs).reverse()
    const names = new Map<string, number>()
    for (const hour of hours) {
      const name = this.momentOf(new Date(hour))
      if (!names.has(name)) names.set(name, hour)
    }
    const wanted = [...names].slice(this.#isByHour ? -24 : -reportPeriods[period])
    this.moments = wanted.map(([name]) => name)
    this.until = new Date(thisHour + hourMs)
    this.from = new Date(wanted[0]?.[1] ?? thisHour)
  }

  momentOf(hour: Date): string {
    const known = this.#named.get(hour.getTime())
    if (known) return known
    const parts = Object.fromEntries(this.#format.formatToParts(hour).map(({ type, value }) => [type, value]))
    const day = `${parts.year}-${parts.month}-${parts.day}`
    const name = this.#isByHour ? `${day}T${parts.hour}:00` : day
    this.#named.set(hour.getTime(), name)
    return name
  }
}

export interface MomentCount {
  moment: string
  name: string
  outcome: string
  count: number
}

/** Hours gathered into the moments of a calendar, in the order of time. */
export function gathered(tallies: readonly Tally[], calendar: Calendar): MomentCount[] {
  const sums = new Map<string, MomentCount>()
  for (const { hour, name, outcome, count } of tallies) {
    const moment = calendar.momentOf(hour)
    const key = `${moment} ${name} ${outcome}`
    const sum = sums.get(key) ?? { moment, name, outcome, count: 0 }
    sums.set(key, { ...sum, count: sum.count + count })
  }
  return [...sums.values()].toSorted((one, other) => (one.moment < other.moment ? -1 : one.moment > other.moment ? 1 : 0))
}

export interface CountryCount {
  country: string | null
  codes: number
  answered: number
  texts: number
  failed: number
}

/** A row for each country, the one with most texts first. */
export function byCountry(tallies: readonly Tally[]): CountryCount[] {
  const rows = new Map<string, CountryCount>()
  for (const { name, outcome, count } of tallies) {
    const row = rows.get(name) ?? { country: name || null, codes: 0, answered: 0, texts: 0, failed: 0 }
    rows.set(name, row)
    if (outcome === 'asked') row.codes += count
    if (outcome === 'answered') row.answered += count
    if (outcome === 'sent') row.texts += count
    if (outcome === 'failed') row.failed += count
  }
  return [...rows.values()].toSorted((one, other) => other.texts - one.texts || other.codes - one.codes)
}
