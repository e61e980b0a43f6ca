import { useState } from 'react'
import type { OwnSessionBody } from '#contract/graph/own-sessions.ts'
import { CheckboxGroup } from '../kit/checkbox-group.tsx'
import { CopyOnce } from '../kit/copy-once.tsx'
import { Crumbs } from '../kit/crumbs.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FilterChip } from '../kit/filter-chip.tsx'
import { Page } from '../kit/page.tsx'
import { SearchField } from '../kit/search-field.tsx'
import { SectionLinks } from '../kit/section-links.tsx'
import { TextArea } from '../kit/text-area.tsx'
import { useUnsaved } from '../kit/use-unsaved.ts'
import { momentText } from '../kit/words/moments.ts'

/** What pages of long lists are made of, around the only list everybody may read. */
export default function ListsPage() {
  const [search, setSearch] = useState('')
  const [show, setShow] = useState('')
  const [order, setOrder] = useState('startedDateTime')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return (
    <Page title="Lists">
      <Crumbs above={[{ to: '/account', text: 'Every part' }]} />
      <SectionLinks
        label="Pages of it"
        sections={[
          { to: '/account/lists', text: 'Lists' },
          { to: '/account/form', text: 'Form' },
        ]}
      />
      <div className="toolbar">
        <SearchField label="Search by name" value={search} onChange={setSearch} />
        <FilterChip label="Show" value={show} onChange={setShow} options={[{ value: 'here', text: 'this one' }]} />
      </div>
      <DataTable<OwnSessionBody>
        label="Sessions"
        path="/sesam/v1/me/sessions"
        columns={[
          { name: 'Where', cell: ({ operatingSystem }) => operatingSystem ?? 'somewhere' },
          { name: 'Since', cell: ({ startedDateTime }) => momentText(startedDateTime), sort: 'startedDateTime' },
        ]}
        keyOf={({ id }) => id}
        order={order}
        onOrder={setOrder}
        chosen={chosen}
        onChoose={setChosen}
        empty={<EmptyState title="Nowhere" />}
      />
      <Writing />
      <CopyOnce label="Temporary password" secret="seven ducks by the canal" />
    </Page>
  )
}

function Writing() {
  const [text, setText] = useState('')
  const [days, setDays] = useState<readonly ('early' | 'late')[]>(['early'])
  useUnsaved(text !== '')
  return (
    <>
      <TextArea label="Addresses" name="addresses" value={text} onChange={setText} hint="One on a line." isLtr />
      <CheckboxGroup
        label="Shifts"
        name="shifts"
        choices={[
          { value: 'early', label: 'Early', note: 'From seven' },
          { value: 'late', label: 'Late' },
        ]}
        values={days}
        onChange={setDays}
      />
    </>
  )
}
