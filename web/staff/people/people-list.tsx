import { ChevronLeft, ChevronRight, KeyRound, SearchX } from 'lucide-react'
import { useState } from 'react'
import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { listPath } from '../../kit/api/list-path.ts'
import { usePages } from '../../kit/api/use-pages.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { Link } from '../../kit/link.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { RowCheckbox } from '../../kit/row-checkbox.tsx'
import { SearchField } from '../../kit/search-field.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { addressOfPerson } from '../addresses.ts'
import { Initials } from './initials.tsx'

const SeveralPasswords = later(() => import('./several-passwords.tsx'))

type Chosen = ReadonlyMap<string, StaffPersonBody>

export function PeopleList({ locationId }: { locationId: string }) {
  const [search, setSearch] = useQueryValue('search')
  const [chosen, setChosen] = useState<Chosen>()
  const [several, openSeveral, closeSeveral] = useDialogAddress('passwords')
  const wanted = search.replaceAll(/["\\]/g, ' ').trim()
  const pages = usePages<StaffPersonBody>(
    listPath(`/sesam/v1/staff/locations/${encodeURIComponent(locationId)}/people`, { search: wanted && `"displayName:${wanted}"` }),
  )
  return (
    <>
      <SearchField label={message('web.staff.people.search')} value={search} onChange={setSearch} />
      <ResourceView of={pages.page} waiting={<Skeleton lines={5} shape="card" />}>
        {({ value }) =>
          value.length > 0 ? <People people={value} chosen={chosen} onChoose={setChosen} /> : <Nobody isSearch={wanted !== ''} />
        }
      </ResourceView>
      {(pages.next || pages.previous) && <Turner next={pages.next} previous={pages.previous} />}
      <div className="row">
        <Button
          kind="quiet"
          icon={<KeyRound className="icon" aria-hidden="true" />}
          onPress={() => setChosen(chosen ? undefined : new Map())}
        >
          {message(chosen ? 'web.staff.people.several.stop' : 'web.staff.people.several.start')}
        </Button>
      </div>
      {chosen && (
        <div className="pick-bar">
          <p role="status">{countMessage('web.staff.people.several.count', chosen.size)}</p>
          <Button isDisabled={chosen.size === 0} onPress={() => openSeveral('reset')}>
            {message('web.staff.people.several.reset')}
          </Button>
        </div>
      )}
      {several && chosen && chosen.size > 0 && (
        <SeveralPasswords
          people={[...chosen.values()]}
          onClose={() => {
            closeSeveral()
            setChosen(undefined)
          }}
        />
      )}
    </>
  )
}

function People({
  people,
  chosen,
  onChoose,
}: {
  people: readonly StaffPersonBody[]
  chosen: Chosen | undefined
  onChoose: (chosen: Chosen) => void
}) {
  const pick = (ids: ReadonlySet<string>) =>
    onChoose(new Map([...(chosen ?? []), ...people.map((one) => [one.id, one] as const)].filter(([id]) => ids.has(id))))
  return (
    <ul className="big-list" aria-label={message('web.staff.people.label')}>
      {people.map((person) => (
        <li key={person.id}>
          {chosen ? (
            <div className={person.password.may ? 'big' : 'big closed'}>
              {person.password.may && (
                <RowCheckbox label={person.displayName} id={person.id} chosen={new Set(chosen.keys())} onChoose={pick} />
              )}
              <Told person={person} note={person.password.because?.message} />
            </div>
          ) : (
            <Link to={addressOfPerson(person.id)} className="big">
              <Initials text={person.initials} />
              <Told person={person} />
              <ChevronRight className="icon go" aria-hidden="true" />
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}

function Told({ person, note }: { person: StaffPersonBody; note?: string | undefined }) {
  const { displayName, jobTitle, phoneNumber, number } = person
  return (
    <span className="what">
      <b>{displayName}</b>
      <span className="soft small">
        {jobTitle && <>{jobTitle} · </>}
        {phoneNumber ? <span className="ltr">{phoneNumber}</span> : message('web.staff.people.no-number')}
      </span>
      {note && <span className="soft small"> · {note}</span>}
      {number.because?.code === 'staff_person_disabled' && (
        <>
          {' '}
          <Badge tone="bad">{message('web.staff.people.disabled')}</Badge>
        </>
      )}
    </span>
  )
}

function Nobody({ isSearch }: { isSearch: boolean }) {
  return (
    <EmptyState icon={<SearchX className="icon" aria-hidden="true" />} title={message('web.staff.people.nobody')}>
      {message(isSearch ? 'web.staff.people.nobody-found' : 'web.staff.people.nobody-here')}
    </EmptyState>
  )
}

function Turner({ next, previous }: { next: (() => void) | undefined; previous: (() => void) | undefined }) {
  return (
    <div className="row">
      <Button kind="quiet" isDisabled={!previous} icon={<ChevronLeft className="icon" aria-hidden="true" />} onPress={() => previous?.()}>
        {message('web.staff.people.previous')}
      </Button>
      <Button kind="quiet" isDisabled={!next} icon={<ChevronRight className="icon" aria-hidden="true" />} onPress={() => next?.()}>
        {message('web.staff.people.next')}
      </Button>
    </div>
  )
}
