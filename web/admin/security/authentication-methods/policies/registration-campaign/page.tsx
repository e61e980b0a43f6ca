import { useResource } from '../../../../../kit/api/use-resource.ts'
import { Crumbs } from '../../../../../kit/crumbs.tsx'
import { Page } from '../../../../../kit/page.tsx'
import { ResourceView } from '../../../../../kit/resource-view.tsx'
import { message } from '../../../../../kit/words/message.ts'
import { policiesAddress } from '../method-page.tsx'
import { RecentChanges } from '../recent-changes.tsx'
import type { PolicyBody } from './campaign.ts'
import { CampaignForm } from './campaign-form.tsx'
import '../policies.css'

/** Whom an organisation would like to set up which method, and how often they may put it off. */
export default function RegistrationCampaignPage() {
  const policy = useResource<PolicyBody>('/beta/policies/authenticationMethodsPolicy')
  return (
    <Page title={message('web.admin.campaign.title')} lead={message('web.admin.campaign.lead')}>
      <Crumbs above={[{ to: policiesAddress, text: message('web.admin.policies.title') }]} />
      <ResourceView of={policy}>
        {(data) => (
          <>
            <CampaignForm policy={data} />
            <RecentChanges of="authenticationMethodsPolicy" />
          </>
        )}
      </ResourceView>
    </Page>
  )
}
