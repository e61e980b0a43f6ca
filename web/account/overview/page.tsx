import type { UserBody } from '#contract/graph/users.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Facts } from '../../kit/rows.tsx'
import { session } from '../../kit/session/session.ts'
import { message } from '../../kit/words/message.ts'

export default function OverviewPage() {
  const me = useResource<UserBody>('/v1.0/me')
  return (
    <Page title={message('web.account.overview.title', { name: session.person.name })} lead={message('web.account.overview.lead')}>
      <ResourceView of={me}>
        {({ displayName, userPrincipalName }) => (
          <Facts
            facts={[
              [message('web.account.overview.person'), displayName],
              [message('web.account.overview.username'), <bdi key="name">{userPrincipalName}</bdi>],
            ]}
          />
        )}
      </ResourceView>
    </Page>
  )
}
