import { useMemo } from 'react'
import { FilterChip } from '../kit/filter-chip.tsx'
import { useQueryValue } from '../kit/routing/address.ts'
import { serverNow } from '../kit/session/clock.ts'
import { type MessageKey, message } from '../kit/words/message.ts'

const hourMs = 3_600_000

const periods = {
  hour: { ms: hourMs, text: 'web.admin.period.hour' },
  day: { ms: 24 * hourMs, text: 'web.admin.period.day' },
  week: { ms: 7 * 24 * hourMs, text: 'web.admin.period.week' },
  month: { ms: 30 * 24 * hourMs, text: 'web.admin.period.month' },
} as const satisfies Record<string, { ms: number; text: MessageKey }>

type Period = keyof typeof periods

/** How far back a log is shown, as the address says it. */
export function PeriodChip() {
  const [period, setPeriod] = useQueryValue('period')
  return (
    <FilterChip
      label={message('web.admin.period.label')}
      value={period}
      onChange={setPeriod}
      options={Object.entries(periods).map(([value, { text }]) => ({ value, text: message(text) }))}
    />
  )
}

/** A filter that begins where the period does. It stays the same while the page shows it, so that the list is not another one each moment. */
export function usePeriodFilter(property: string): string | undefined {
  const [period] = useQueryValue('period')
  const since = useMemo(() => (isPeriod(period) ? new Date(serverNow() - periods[period].ms).toISOString() : undefined), [period])
  return since && `${property} ge ${since}`
}

function isPeriod(text: string): text is Period {
  return text in periods
}
