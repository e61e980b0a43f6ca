import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { listPath, quoted } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { ResourceView } from '../../kit/resource-view.tsx'
import { AppConsents } from './app-consents.tsx'
import { OwnPermissions } from './own-permissions.tsx'

const apiName = 'Sesam API'

/** What an app may do with the API: in people's names, by consent, and in its own. */
export function AppPermissions({ principal }: { principal: ServicePrincipalBody }) {
  const resources = useResource<ListBody<ServicePrincipalBody>>(
    listPath('/v1.0/servicePrincipals', { filter: `displayName eq ${quoted(apiName)}` }),
  )
  return (
    <ResourceView of={resources}>
      {({ value: [resource] }) =>
        resource && (
          <div className="stack-wide">
            <AppConsents principal={principal} resource={resource} />
            <OwnPermissions principal={principal} resource={resource} />
          </div>
        )
      }
    </ResourceView>
  )
}
