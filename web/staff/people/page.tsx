import { Building2, Users } from 'lucide-react'
import type { StaffLocationBody } from '#contract/graph/staff.ts'
import { everywhere } from '#contract/staff-location.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { setting } from '../../kit/setting.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import { useLocations } from '../resources.ts'
import { LocationChoice } from './location-choice.tsx'
import { PeopleList } from './people-list.tsx'
import { useLocation } from './use-location.ts'

export default function PeoplePage() {
  return (
    <Page title={message('web.staff.people.label')} lead={message('web.staff.people.lead', { organisation: setting().organisation })}>
      <ResourceView of={useLocations()} waiting={<Skeleton lines={4} shape="card" />}>
        {({ value }) => <Chosen all={value} />}
      </ResourceView>
    </Page>
  )
}

function Chosen({ all }: { all: readonly StaffLocationBody[] }) {
  const [location, choose] = useLocation(all)
  if (all.length === 0)
    return (
      <EmptyState icon={<Building2 className="icon" aria-hidden="true" />} title={message('web.staff.people.no-location')}>
        {message('web.staff.people.no-location-told')}
      </EmptyState>
    )
  if (!location) return <FirstChoice all={all} onChoose={choose} />
  return (
    <>
      {all.length > 1 && <LocationChoice all={all} chosen={location.id} onChoose={choose} />}
      <PeopleList key={location.id} locationId={location.id} />
    </>
  )
}

/** Asked once; from then on it is remembered, and can be changed above the list. */
function FirstChoice({ all, onChoose }: { all: readonly StaffLocationBody[]; onChoose: (id: string) => void }) {
  return (
    <>
      <h2>{message('web.staff.people.which')}</h2>
      <ul className="big-list">
        {all.map((location) => {
          const Icon = location.id === everywhere ? Users : Building2
          return (
            <li key={location.id}>
              <button type="button" className="big" onClick={() => onChoose(location.id)}>
                <Icon className="icon" aria-hidden="true" />
                <span className="what">
                  <b>{location.displayName ?? message('web.staff.people.everybody')}</b>
                  {location.description && <span className="soft small">{location.description}</span>}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
