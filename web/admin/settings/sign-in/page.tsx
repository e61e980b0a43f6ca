import type { SignInSettingsBody } from '#contract/graph/sign-in-settings.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { SignInForm } from './sign-in-form.tsx'

export default function SignInSettingsPage() {
  const resource = useResource<SignInSettingsBody>('/sesam/v1/signInSettings')
  return (
    <SettingsPage section="sign-in">
      <ResourceView of={resource}>{(settings) => <SignInForm settings={settings} />}</ResourceView>
    </SettingsPage>
  )
}
