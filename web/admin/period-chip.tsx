import { CalendarRange } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../kit/button.tsx'
import { ExactChip } from '../kit/exact-chip.tsx'
import { FilterChip } from '../kit/filter-chip.tsx'
import { later } from '../kit/later.tsx'
import { go, useAddress, useDialogAddress, useQueryValue } from '../kit/routing/address.ts'
import { serverNow } from '../kit/session/clock.ts'
import { type MessageKey, message } from '../kit/words/message.ts'
import { dateText } from '../kit/words/moments.ts'

const hourMs = 3_600_000

const periods = {
  hour: { ms: hourMs, text: 'web.admin.period.hour' },
  day: { ms: 24 * hourMs, text: 'web.admin.period.day' },
  week: { ms: 7 * 24 * hourMs, text: 'web.admin.period.week' },
  month: { ms: 30 * 24 * hourMs, text: 'web.admin.period.month' },
} as const satisfies Record<string, { ms: number; text: MessageKey }>

type Period = keyof typeof periods

const RangeDialog = later(() => import('./range-dialog.tsx'))

/** How far back a log is shown, or from which day to which, as the address says it. */
export function PeriodChip() {
  const [period, setPeriod] = useQueryValue('period')
  const [range, openRange, closeRange] = useDialogAddress('range')
  const { from, to } = useDays()
  return (
    <>
      {from || to ? (
        <ExactChip label={message('web.admin.period.label')} value={daysText(from, to)} onRemove={() => goToDays('', '')} />
      ) : (
        <FilterChip
          label={message('web.admin.period.label')}
          value={period}
          onChange={setPeriod}
          options={Object.entries(periods).map(([value, { text }]) => ({ value, text: message(text) }))}
        />
      )}
      <Button kind="plain" icon={<CalendarRange className="icon" aria-hidden="true" />} onPress={() => openRange('days')}>
        {message('web.admin.period.choose')}
      </Button>
      {range !== undefined && <RangeDialog from={from} to={to} onChoose={goToDays} onClose={closeRange} />}
    </>
  )
}

/** A filter for the time that is shown. It stays the same while the page shows it, so that the list is not another one each moment. */
export function usePeriodFilter(property: string): string | undefined {
  const [period] = useQueryValue('period')
  const { from, to } = useDays()
  return useMemo(() => {
    const begin = from ? startOf(from) : isPeriod(period) && !to ? new Date(serverNow() - periods[period].ms) : undefined
    const end = to ? startOf(to, 1) : undefined
    const parts = [begin && `${property} ge ${begin.toISOString()}`, end && `${property} lt ${end.toISOString()}`]
    return parts.filter(Boolean).join(' and ') || undefined
  }, [property, period, from, to])
}

const day = /^\d{4}-\d{2}-\d{2}$/

/** What is no day is not asked for. */
function useDays(): { from: string; to: string } {
  const { searchParams } = useAddress()
  const dayAt = (name: string) => {
    const text = searchParams.get(name) ?? ''
    return day.test(text) && !Number.isNaN(startOf(text).getTime()) ? text : ''
  }
  return { from: dayAt('from'), to: dayAt('to') }
}

/** Midnight where whoever looks is. */
function startOf(text: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater)
}

function daysText(from: string, to: string): string {
  if (from === to) return dateText(startOf(from))
  if (!to) return message('web.admin.period.since', { from: dateText(startOf(from)) })
  if (!from) return message('web.admin.period.until', { to: dateText(startOf(to)) })
  return message('web.admin.period.from-to', { from: dateText(startOf(from)), to: dateText(startOf(to)) })
}

function goToDays(from: string, to: string): void {
  const next = new URL(location.href)
  for (const name of ['from', 'to', 'period', 'range']) next.searchParams.delete(name)
  if (from) next.searchParams.set('from', from)
  if (to) next.searchParams.set('to', to)
  go(next.pathname + next.search, { replace: true })
}

function isPeriod(text: string): text is Period {
  return text in periods
}
