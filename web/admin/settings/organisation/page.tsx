import type { DomainBody } from '#contract/graph/domains.ts'
import type { OrganizationBody } from '#contract/graph/organization.ts'
import type { SpendingBody } from '#contract/graph/spending.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { session } from '../../../kit/session/session.ts'
import { SettingsPage } from '../settings-page.tsx'
import { Domains } from './domains.tsx'
import { OrganisationForm } from './organisation-form.tsx'

export default function OrganisationPage() {
  const organization = useResource<OrganizationBody>(`/v1.0/organization/${session.person.tenant}`)
  const spending = useResource<SpendingBody>('/sesam/v1/spending')
  const domains = useResource<{ value: DomainBody[] }>('/v1.0/domains')
  return (
    <SettingsPage section="organisation">
      <ResourceView of={organization}>
        {(saved) => <OrganisationForm organization={saved} countries={spending.data?.allCountries ?? []} />}
      </ResourceView>
      <ResourceView of={domains}>{({ value }) => <Domains domains={value} />}</ResourceView>
    </SettingsPage>
  )
}
