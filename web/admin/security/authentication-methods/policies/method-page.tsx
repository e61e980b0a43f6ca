import { useResource } from '../../../../kit/api/use-resource.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Crumbs } from '../../../../kit/crumbs.tsx'
import { EmptyState } from '../../../../kit/empty-state.tsx'
import { Page } from '../../../../kit/page.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { useParameter } from '../../../../kit/routing/parameters.ts'
import { message } from '../../../../kit/words/message.ts'
import { type Configuration, policyPath } from './configuration.ts'
import { LicenceCard } from './licence-card.tsx'
import { methodCalled, type NamedMethod } from './method-names.ts'
import { PolicyForm } from './policy-form.tsx'
import { RecentChanges } from './recent-changes.tsx'
import './policies.css'

export const policiesAddress = '/admin/security/authentication-methods/policies'

export default function MethodPage() {
  const method = methodCalled(useParameter('method'))
  const crumbs = <Crumbs above={[{ to: policiesAddress, text: message('web.admin.policies.title') }]} />
  if (!method)
    return (
      <Page title={message('web.admin.policies.title')}>
        {crumbs}
        <EmptyState title={message('web.admin.policies.unknown')} />
      </Page>
    )
  return (
    <Page title={method.name} lead={method.told}>
      {crumbs}
      {method.id === 'Sms' && (
        <Banner title={message('web.admin.policies.honest.title')}>{message('web.admin.policies.honest.told')}</Banner>
      )}
      {!method.isBuilt && <Banner>{message('web.admin.policies.not-built')}</Banner>}
      <Configured key={method.id} method={method} />
    </Page>
  )
}

function Configured({ method }: { method: NamedMethod }) {
  const configuration = useResource<Configuration>(policyPath(method.id))
  return (
    <ResourceView of={configuration}>
      {(data) => (
        <>
          <PolicyForm method={method} configuration={data} onStale={configuration.reload} />
          {method.id === 'Sms' && <LicenceCard />}
          <RecentChanges of={method.id} />
        </>
      )}
    </ResourceView>
  )
}
