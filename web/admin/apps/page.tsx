import { AppWindow } from 'lucide-react'
import type { ApplicationBody } from '#contract/graph/applications.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { beginsWith, listPath } from '../../kit/api/list-path.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { Page } from '../../kit/page.tsx'
import { useAddress, useDialogAddress, useQueryValue } from '../../kit/routing/address.ts'
import { SearchField } from '../../kit/search-field.tsx'
import { SectionLinks } from '../../kit/section-links.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'
import { audienceWords } from './platforms.ts'

const NewAppDialog = later(() => import('./new-app-dialog.tsx'))

const letInPath = '/admin/apps/let-in'

/** The apps registered here; below, those this organisation lets in, its own and others'. */
export default function AppsPage() {
  const { pathname } = useAddress()
  const [search, setSearch] = useQueryValue('search')
  const [adding, openNew, closeNew] = useDialogAddress('new')
  const isLetIn = pathname === letInPath
  return (
    <Page
      title={message('web.admin.apps.label')}
      lead={message('web.admin.apps.lead')}
      aside={
        <Button icon={<AppWindow className="icon" aria-hidden="true" />} onPress={() => openNew('app')}>
          {message('web.admin.apps.new.open')}
        </Button>
      }
    >
      <SectionLinks
        label={message('web.admin.apps.label')}
        sections={[
          { to: '/admin/apps', text: message('web.admin.apps.registered') },
          { to: letInPath, text: message('web.admin.apps.let-in') },
        ]}
      />
      <div className="toolbar">
        <SearchField label={message('web.admin.apps.search')} value={search} onChange={setSearch} />
      </div>
      {isLetIn ? <LetInApps search={search} /> : <RegisteredApps search={search} />}
      {adding !== undefined && <NewAppDialog onClose={closeNew} />}
    </Page>
  )
}

function RegisteredApps({ search }: { search: string }) {
  return (
    <DataTable<Pick<ApplicationBody, 'id' | 'appId' | 'displayName' | 'signInAudience' | 'createdDateTime'>>
      label={message('web.admin.apps.registered')}
      path={listPath('/v1.0/applications', {
        select: ['id', 'appId', 'displayName', 'signInAudience', 'createdDateTime'],
        filter: beginsWith(search, 'displayName'),
        top: 50,
      })}
      columns={[
        { name: message('web.admin.apps.name'), cell: ({ displayName }) => displayName },
        { name: message('web.admin.apps.client-id'), cell: ({ appId }) => <code>{appId}</code> },
        {
          name: message('web.admin.apps.audience.label'),
          cell: ({ signInAudience }) => message(audienceWords[signInAudience]),
        },
        { name: message('web.admin.apps.created'), cell: ({ createdDateTime }) => dateText(createdDateTime) },
      ]}
      keyOf={({ id }) => id}
      linkOf={({ appId }) => `/admin/apps/${appId}`}
      empty={<EmptyState title={message('web.admin.apps.none')}>{message('web.admin.apps.none-told')}</EmptyState>}
    />
  )
}

function LetInApps({ search }: { search: string }) {
  return (
    <DataTable<Pick<ServicePrincipalBody, 'id' | 'appId' | 'displayName' | 'accountEnabled' | 'createdDateTime'>>
      label={message('web.admin.apps.let-in')}
      path={listPath('/v1.0/servicePrincipals', {
        select: ['id', 'appId', 'displayName', 'accountEnabled', 'createdDateTime'],
        filter: beginsWith(search, 'displayName'),
        top: 50,
      })}
      columns={[
        { name: message('web.admin.apps.name'), cell: ({ displayName }) => displayName },
        { name: message('web.admin.apps.client-id'), cell: ({ appId }) => <code>{appId}</code> },
        {
          name: message('web.admin.apps.state'),
          cell: ({ accountEnabled }) =>
            accountEnabled ? message('web.admin.apps.on') : <Badge tone="bad">{message('web.admin.apps.off')}</Badge>,
        },
        { name: message('web.admin.apps.since'), cell: ({ createdDateTime }) => dateText(createdDateTime) },
      ]}
      keyOf={({ id }) => id}
      linkOf={({ appId }) => `/admin/apps/${appId}`}
      empty={<EmptyState title={message('web.admin.apps.none')}>{message('web.admin.apps.none-told')}</EmptyState>}
    />
  )
}
