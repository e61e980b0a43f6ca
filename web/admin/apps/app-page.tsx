import type { ApplicationBody } from '#contract/graph/applications.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { listPath, quoted } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { NotFoundPage } from '../../kit/not-found-page.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useParameter } from '../../kit/routing/parameters.ts'
import { SectionLinks } from '../../kit/section-links.tsx'
import { message } from '../../kit/words/message.ts'
import { AppAddresses } from './app-addresses.tsx'
import { AppOverview } from './app-overview.tsx'
import { AppPermissions } from './app-permissions.tsx'
import { AppSecrets } from './app-secrets.tsx'

const sections = ['', 'addresses', 'secrets', 'permissions'] as const
const words = {
  '': 'web.admin.apps.section.overview',
  addresses: 'web.admin.apps.section.addresses',
  secrets: 'web.admin.apps.section.secrets',
  permissions: 'web.admin.apps.section.permissions',
} as const

type Section = (typeof sections)[number]

/** One app, by its client id: as it is registered here, as it is let in here, or both. */
export default function AppPage() {
  const appId = useParameter('id')
  const wanted = useParameter('section')
  const question = { filter: `appId eq ${quoted(appId)}` }
  const registered = useResource<ListBody<ApplicationBody>>(listPath('/v1.0/applications', question))
  const letIn = useResource<ListBody<ServicePrincipalBody>>(listPath('/v1.0/servicePrincipals', question))
  const section = sections.find((one) => one === wanted)
  if (section === undefined) return <NotFoundPage />
  return (
    <ResourceView of={registered}>
      {({ value: [app] }) => (
        <ResourceView of={letIn}>
          {({ value: [principal] }) => <Shown section={section} appId={appId} app={app} principal={principal} />}
        </ResourceView>
      )}
    </ResourceView>
  )
}

interface ShownProps {
  section: Section
  appId: string
  app: ApplicationBody | undefined
  principal: ServicePrincipalBody | undefined
}

function Shown({ section, appId, app, principal }: ShownProps) {
  const name = app?.displayName ?? principal?.displayName
  if (name === undefined) return <NotFoundPage />
  const at = `/admin/apps/${appId}`
  // Another organisation keeps the addresses and secrets of its app to itself.
  const shown = sections.filter((one) => (one === 'permissions' ? principal : one === '' || app))
  return (
    <Page title={name} lead={app?.description ?? principal?.appDescription} aside={<State principal={principal} />}>
      <Crumbs above={[{ to: '/admin/apps', text: message('web.admin.apps.label') }]} />
      <SectionLinks
        label={name}
        sections={shown.map((one) => ({
          to: one === '' ? at : `${at}/${one}`,
          text: message(words[one]),
        }))}
      />
      {section === '' && <AppOverview appId={appId} app={app} principal={principal} />}
      {section === 'addresses' && app && <AppAddresses app={app} />}
      {section === 'secrets' && app && <AppSecrets app={app} />}
      {section === 'permissions' && principal && <AppPermissions principal={principal} />}
    </Page>
  )
}

function State({ principal }: { principal: ServicePrincipalBody | undefined }) {
  if (!principal) return <Badge>{message('web.admin.apps.not-let-in')}</Badge>
  return principal.accountEnabled ? (
    <Badge tone="good">{message('web.admin.apps.on')}</Badge>
  ) : (
    <Badge tone="bad">{message('web.admin.apps.off')}</Badge>
  )
}
