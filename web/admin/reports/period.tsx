import { type ReportPeriod, reportPeriods } from '#contract/report-periods.ts'
import type { ApiPath } from '../../kit/api/api.ts'
import { FilterChip } from '../../kit/filter-chip.tsx'
import { useQueryValue } from '../../kit/routing/address.ts'
import { message } from '../../kit/words/message.ts'

const names = {
  D1: 'web.admin.reports.period.day',
  D7: 'web.admin.reports.period.week',
  D30: 'web.admin.reports.period.month',
  D90: 'web.admin.reports.period.quarter',
} as const

const usual: ReportPeriod = 'D30'

export function usePeriod(): ReportPeriod {
  const [period] = useQueryValue('period')
  return isPeriod(period) ? period : usual
}

export function PeriodChoice() {
  const [, setPeriod] = useQueryValue('period')
  return (
    <FilterChip
      label={message('web.admin.reports.period.label')}
      value={usePeriod()}
      onChange={setPeriod}
      options={Object.entries(names).map(([value, name]) => ({ value, text: message(name) }))}
      isAlways
    />
  )
}

/** A report of the API over a period, in the days of whoever looks. */
export function countsPath(report: string, period: ReportPeriod): ApiPath {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return `/sesam/v1/reports/${report}(period='${period}',timeZone='${encodeURIComponent(timeZone)}')`
}

function isPeriod(text: string): text is ReportPeriod {
  return text in reportPeriods
}
