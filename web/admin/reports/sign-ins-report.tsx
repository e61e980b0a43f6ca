import type { SignInCountsBody } from '#contract/graph/reports.ts'
import { type SignInMethod, signInMethods, signInOutcomes } from '#contract/sign-in-log.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { Link } from '../../kit/link.tsx'
import { Table } from '../../kit/table.tsx'
import { message } from '../../kit/words/message.ts'
import { countText } from '../../kit/words/numbers.ts'
import { methodNames, outcomeNames } from '../sign-ins/words.ts'
import type { Series } from './chart/series.tsx'
import { TimeChart } from './chart/time-chart.tsx'
import { momentNames } from './moments.ts'
import { countsPath, usePeriod } from './period.tsx'
import { ReportCard } from './report-card.tsx'

type Report = Resource<SignInCountsBody>
type Method = SignInMethod | 'none'

/** The same sign-ins twice: how they ended, and what they were proven with. */
export function SignInsReport({ of }: { of: Report }) {
  const file = { path: `${countsPath('signInCounts', usePeriod())}/export` as const, name: 'sign-ins-over-time.csv' }
  return (
    <>
      <Counted title={message('web.admin.reports.outcomes')} of={of} file={file} kind="columns" seriesOf={byOutcome} />
      <Counted title={message('web.admin.reports.methods')} of={of} file={file} kind="lines" seriesOf={byMethod} />
    </>
  )
}

interface CountedProps {
  title: string
  of: Report
  file: Parameters<typeof ReportCard>[0]['file']
  kind: 'columns' | 'lines'
  seriesOf: (counts: SignInCountsBody) => readonly Series[]
}

function Counted({ title, of, file, kind, seriesOf }: CountedProps) {
  return (
    <ReportCard
      title={title}
      of={of}
      file={file}
      isWide
      picture={(counts) => {
        const series = seriesOf(counts)
        return (
          <TimeChart
            label={title}
            told={toldOf(series)}
            kind={kind}
            moments={counts.moments.map(momentNames)}
            series={series}
            more={counts.period === 'D1' ? undefined : (index) => <DayLink day={counts.moments[index] ?? ''} />}
          />
        )
      }}
      table={(counts) => <SeriesTable label={title} moments={counts.moments} series={seriesOf(counts)} />}
    />
  )
}

/** To the rows of the log that a day is made of, as long as it has them. */
function DayLink({ day }: { day: string }) {
  return (
    <Link to={`/admin/sign-ins?from=${day}&to=${day}`}>
      {message('web.admin.sign-ins.label')}
      <span className="unseen"> {momentNames(day).long}</span>
    </Link>
  )
}

/** A row for each moment, the newest first. */
export function SeriesTable({ label, moments, series }: { label: string; moments: readonly string[]; series: readonly Series[] }) {
  const rows = moments.map((moment, index) => ({ moment, index })).toReversed()
  return (
    <Table
      label={label}
      columns={[
        { name: message('web.admin.reports.moment'), cell: ({ moment }) => momentNames(moment).long },
        ...series.map(({ name, values }) => ({ name, cell: ({ index }: { index: number }) => countText(values[index] ?? 0) })),
      ]}
      items={rows}
      keyOf={({ moment }) => moment}
    />
  )
}

/** The sums in a sentence. */
export function toldOf(series: readonly Series[]): string {
  return series.map(({ name, values }) => `${name}: ${countText(values.reduce((sum, one) => sum + one, 0))}`).join(', ')
}

function byOutcome({ moments, value }: SignInCountsBody): readonly Series[] {
  return signInOutcomes.map((outcome) => ({
    name: message(outcomeNames[outcome]),
    values: summed(
      moments,
      value.filter((one) => one.outcome === outcome),
    ),
  }))
}

function byMethod({ moments, value }: SignInCountsBody): readonly Series[] {
  const used = [...signInMethods, 'none' as const].filter((method) => value.some((one) => one.method === method))
  // Where nobody signed in, one line on the ground says so.
  const shown: readonly Method[] = used.length > 0 ? used : ['Text message']
  return shown.map((method) => ({
    name: message(method === 'none' ? 'web.admin.reports.no-method' : methodNames[method]),
    values: summed(
      moments,
      value.filter((one) => one.method === method),
    ),
  }))
}

/** One number for each moment, also where nothing happened. */
export function summed(moments: readonly string[], counts: readonly { moment: string; count: number }[]): readonly number[] {
  const sums = new Map<string, number>()
  for (const { moment, count } of counts) sums.set(moment, (sums.get(moment) ?? 0) + count)
  return moments.map((moment) => sums.get(moment) ?? 0)
}
