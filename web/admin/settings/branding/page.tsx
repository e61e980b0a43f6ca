import type { OrganizationalBrandingBody } from '#contract/graph/branding.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { session } from '../../../kit/session/session.ts'
import { SettingsPage } from '../settings-page.tsx'
import { BrandingForm } from './branding-form.tsx'

export default function BrandingPage() {
  const resource = useResource<OrganizationalBrandingBody>(`/v1.0/organization/${session.person.tenant}/branding`)
  return (
    <SettingsPage section="branding">
      <ResourceView of={resource}>{(branding) => <BrandingForm branding={branding} />}</ResourceView>
    </SettingsPage>
  )
}
