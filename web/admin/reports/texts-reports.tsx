import type { TextDependentBody } from '#contract/graph/method-reports.ts'
import type { TextCountsBody } from '#contract/graph/reports.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Link } from '../../kit/link.tsx'
import { Table } from '../../kit/table.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { countText, shareText } from '../../kit/words/numbers.ts'
import { regionalLocale } from '../../kit/words/regional-locale.ts'
import { Bars } from './chart/bars.tsx'
import { countsPath, usePeriod } from './period.tsx'
import { ReportCard } from './report-card.tsx'

export function TextsReport({ of }: { of: Resource<TextCountsBody> }) {
  const title = message('web.admin.reports.texts')
  return (
    <ReportCard
      title={title}
      note={message('web.admin.reports.texts-told')}
      of={of}
      file={{ path: `${countsPath('textCounts', usePeriod())}/export`, name: 'texts-by-country.csv' }}
      isWide
      picture={({ value }) =>
        value.length === 0 ? (
          <EmptyState title={message('web.admin.reports.no-texts')} />
        ) : (
          <Bars
            label={title}
            bars={value.map((row) => ({ name: nameOf(row.country), value: row.codes, part: row.answered, text: answeredText(row) }))}
          />
        )
      }
      table={({ value }) => (
        <Table
          label={title}
          columns={[
            { name: message('web.admin.reports.country'), cell: ({ country }) => nameOf(country) },
            { name: message('web.admin.reports.codes'), cell: ({ codes }) => countText(codes) },
            { name: message('web.admin.reports.answered'), cell: answeredText },
            { name: message('web.admin.reports.sent'), cell: ({ texts }) => countText(texts) },
            { name: message('web.admin.reports.not-taken'), cell: ({ failed }) => countText(failed) },
          ]}
          items={value}
          keyOf={({ country }) => country ?? ''}
        />
      )}
    />
  )
}

type TextCount = TextCountsBody['value'][number]

function answeredText({ answered, codes }: TextCount): string {
  const share = codes === 0 ? '' : ` (${shareText(answered / codes)})`
  return message('web.admin.reports.answered-of', { answered: countText(answered), codes: countText(codes) }) + share
}

function nameOf(country: string | null): string {
  if (country === null) return message('web.admin.reports.unknown-country')
  return new Intl.DisplayNames(regionalLocale(), { type: 'region' }).of(country) ?? country
}

export type Dependents = ListBody<TextDependentBody> & { '@odata.count'?: number }

/** The first of them, and how many there are; the file has them all. */
export function DependentsReport({ of }: { of: Resource<Dependents> }) {
  const title = message('web.admin.reports.dependents')
  const list = (data: Dependents) =>
    data.value.length === 0 ? (
      <EmptyState title={message('web.admin.reports.no-dependents')} />
    ) : (
      <div className="stack">
        <p>{countMessage('web.admin.reports.dependents-count', data['@odata.count'] ?? data.value.length)}</p>
        <Table
          label={title}
          columns={[
            {
              name: message('web.admin.reports.person'),
              cell: ({ id, userDisplayName }) => <Link to={`/admin/users/${id}/authentication-methods`}>{userDisplayName}</Link>,
            },
            { name: message('web.admin.reports.number'), cell: ({ phoneNumber }) => <bdi className="ltr">{phoneNumber}</bdi> },
            { name: message('web.admin.reports.why'), cell: whyOf },
          ]}
          items={data.value}
          keyOf={({ id }) => id}
        />
      </div>
    )
  return (
    <ReportCard
      title={title}
      note={message('web.admin.reports.dependents-told')}
      of={of}
      file={{ path: '/sesam/v1/reports/textDependents/export', name: 'text-dependents.csv' }}
      isWide
      table={list}
    />
  )
}

function whyOf({ isOnlyWayIn, isOnlySecondFactor }: TextDependentBody): string {
  if (isOnlyWayIn) return message('web.admin.reports.only-way-in')
  return isOnlySecondFactor ? message('web.admin.reports.only-second-factor') : ''
}
