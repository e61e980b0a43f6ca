import type { SpendingBody } from '#contract/graph/spending.ts'
import { Badge } from '../../../kit/badge.tsx'
import { Card } from '../../../kit/card.tsx'
import { Table } from '../../../kit/table.tsx'
import { message } from '../../../kit/words/message.ts'
import { momentText } from '../../../kit/words/moments.ts'
import { countText } from '../../../kit/words/numbers.ts'
import { byName, countryName } from './country-names.ts'

type Row = SpendingBody['countries'][number]

/** How much of the day's texts is left, and where they went. */
export function Spending({ spending }: { spending: SpendingBody }) {
  const { textsADay, textsUsed, textsLeft, nextTextDateTime, fullDateTime, countries } = spending
  const rows = byName(countries.map(({ country }) => country)).flatMap((id) => countries.filter(({ country }) => country === id))
  return (
    <Card title={message('web.admin.settings.countries.left')} note={message('web.admin.settings.countries.left-note')}>
      <div className="spending">
        <p className="spending-left">
          <b>{countText(textsLeft)}</b>{' '}
          <span className="soft">{message('web.admin.settings.countries.of', { count: countText(textsADay) })}</span>
        </p>
        <meter
          className="spending-meter"
          min={0}
          max={textsADay}
          value={textsUsed}
          aria-label={message('web.admin.settings.countries.used', { count: countText(textsUsed) })}
        />
        <p className="soft small">
          {nextTextDateTime
            ? message('web.admin.settings.countries.none-left', { moment: momentText(nextTextDateTime) })
            : fullDateTime
              ? message('web.admin.settings.countries.refills', { moment: momentText(fullDateTime) })
              : message('web.admin.settings.countries.all-left')}
        </p>
      </div>
      <Table<Row>
        label={message('web.admin.settings.countries.today')}
        columns={[
          { name: message('web.admin.settings.countries.country'), cell: (row) => <Country row={row} /> },
          { name: message('web.admin.settings.countries.texts'), cell: ({ textsToday }) => countText(textsToday) },
          { name: message('web.admin.settings.countries.calls'), cell: ({ callsToday }) => countText(callsToday) },
        ]}
        items={rows}
        keyOf={({ country }) => country}
      />
    </Card>
  )
}

function Country({ row: { country, mayGetTexts, mayGetCalls, pausedUntilDateTime } }: { row: Row }) {
  return (
    <>
      {countryName(country)}{' '}
      {pausedUntilDateTime ? (
        <Badge tone="bad">{message('web.admin.settings.countries.resting')}</Badge>
      ) : (
        !mayGetTexts && !mayGetCalls && <Badge>{message('web.admin.settings.countries.closed')}</Badge>
      )}
    </>
  )
}
