import type { ReactNode } from 'react'
import type { PersonActsBody } from '#contract/graph/person-methods.ts'
import type { UserBody } from '#contract/graph/users.ts'
import { listPath } from '../../../kit/api/list-path.ts'
import { type Resource, useResource } from '../../../kit/api/use-resource.ts'
import { Badge } from '../../../kit/badge.tsx'
import { Crumbs } from '../../../kit/crumbs.tsx'
import { ErrorBanner } from '../../../kit/error-banner.tsx'
import { Page } from '../../../kit/page.tsx'
import { useParameter } from '../../../kit/routing/parameters.ts'
import { SectionLinks } from '../../../kit/section-links.tsx'
import { Skeleton } from '../../../kit/skeleton.tsx'
import { type MessageKey, message } from '../../../kit/words/message.ts'
import './person.css'

const select = [
  'id',
  'displayName',
  'userPrincipalName',
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'companyName',
  'officeLocation',
  'employeeId',
  'mail',
  'mobilePhone',
  'streetAddress',
  'postalCode',
  'city',
  'state',
  'country',
  'usageLocation',
  'preferredLanguage',
  'accountEnabled',
  'userType',
  'createdDateTime',
] as const satisfies readonly (keyof UserBody)[]

export type Person = Pick<UserBody, (typeof select)[number]>

const sections = {
  profile: 'web.admin.users.person.sections.profile',
  groups: 'web.admin.users.person.sections.groups',
  roles: 'web.admin.users.person.sections.roles',
  licences: 'web.admin.users.person.sections.licences',
  'sign-ins': 'web.admin.users.person.sections.sign-ins',
  'authentication-methods': 'web.admin.users.person.sections.authentication-methods',
} as const satisfies Record<string, MessageKey>

export type Section = keyof typeof sections

export function personAddress(id: string, section: Section): string {
  return `/admin/users/${encodeURIComponent(id)}/${section}`
}

/** What one may do to them, asked once for all of their pages. */
export function usePersonActs(id: string): Resource<PersonActsBody> {
  return useResource<PersonActsBody>(`/sesam/v1/users/${encodeURIComponent(id)}/acts`)
}

interface PersonPageProps {
  aside?: ReactNode
  children: (person: Person) => ReactNode
}

/** The frame around every page of one person: who it is, and the way to the others. */
export function PersonPage({ aside, children }: PersonPageProps) {
  const id = useParameter('id')
  const { data, error, reload } = useResource<Person>(listPath(`/v1.0/users/${encodeURIComponent(id)}`, { select }))
  const above = <Crumbs above={[{ to: '/admin/users', text: message('web.admin.users.label') }]} />
  if (!data) {
    return (
      <Page title={message('web.admin.users.person.one')}>
        {above}
        {error ? <ErrorBanner error={error} onRetry={reload} /> : <Skeleton lines={6} />}
      </Page>
    )
  }
  return (
    <Page title={data.displayName} lead={<Lead person={data} />} aside={aside}>
      {above}
      <SectionLinks
        label={message('web.admin.users.person.pages', { name: data.displayName })}
        sections={Object.entries(sections).map(([section, key]) => ({
          to: `/admin/users/${encodeURIComponent(id)}/${section}`,
          text: message(key),
        }))}
      />
      {children(data)}
    </Page>
  )
}

function Lead({ person: { userPrincipalName, accountEnabled, userType } }: { person: Person }) {
  return (
    <span className="person-lead">
      <span className="ltr">{userPrincipalName}</span>
      {!accountEnabled && <Badge tone="bad">{message('web.admin.users.state.disabled')}</Badge>}
      {userType === 'Guest' && <Badge>{message('web.admin.users.state.guest')}</Badge>}
    </span>
  )
}
