import type { SignInSettingsBody } from '#contract/graph/sign-in-settings.ts'
import type { SpendingBody } from '#contract/graph/spending.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { CountriesForm } from './countries-form.tsx'
import { Spending } from './spending.tsx'

export default function CountriesPage() {
  const settings = useResource<SignInSettingsBody>('/sesam/v1/signInSettings')
  const spending = useResource<SpendingBody>('/sesam/v1/spending')
  return (
    <SettingsPage section="countries">
      <ResourceView of={spending}>
        {(left) => (
          <>
            <Spending spending={left} />
            <ResourceView of={settings}>{(saved) => <CountriesForm settings={saved} spending={left} />}</ResourceView>
          </>
        )}
      </ResourceView>
    </SettingsPage>
  )
}
