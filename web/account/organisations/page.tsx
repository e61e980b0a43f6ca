import { Check, LogIn, X } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/card.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Facts } from '../../kit/rows.tsx'
import { session } from '../../kit/session/session.ts'
import { thisApp } from '../../kit/session/tokens.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { type Profile, useProfile, useSecurityInfo } from '../resources.ts'
import './organisations.css'

export default function OrganisationsPage() {
  const info = useSecurityInfo()
  const profile = useProfile()
  return (
    <Page title={message('web.account.organisations.label')} lead={message('web.account.organisations.lead')}>
      <ResourceView of={info} waiting={<Skeleton lines={2} shape="card" />}>
        {({ organization }) => (
          <>
            <Card
              title={<bdi>{organization.displayName}</bdi>}
              note={message('web.account.organisations.yours')}
              icon={<Initial of={organization.displayName} />}
            >
              <ResourceView of={profile}>{(own) => <OwnFacts profile={own} />}</ResourceView>
              <Help organization={organization} />
            </Card>
            <Card title={message('web.account.organisations.sees.title', { organisation: organization.displayName })}>
              <Sees />
            </Card>
          </>
        )}
      </ResourceView>
      <Card
        title={message('web.account.organisations.other.title')}
        actions={
          <Button
            kind="quiet"
            icon={<LogIn className="icon" aria-hidden="true" />}
            onPress={() => void session.signIn({ anyOrganisation: true, selectAccount: true, returnTo: thisApp().path })}
          >
            {message('web.account.organisations.other.go')}
          </Button>
        }
      >
        <p>{message('web.account.organisations.other.told')}</p>
      </Card>
    </Page>
  )
}

function Initial({ of }: { of: string }) {
  const [first] = new Intl.Segmenter().segment(of.trim())
  return <b aria-hidden="true">{first?.segment.toUpperCase()}</b>
}

/** What the organisation has of this person, as far as it has something. */
function OwnFacts({ profile }: { profile: Profile }) {
  const facts: [MessageKey, string | null][] = [
    ['web.account.organisations.fact.name', profile.displayName],
    ['web.account.organisations.fact.username', profile.userPrincipalName],
    ['web.account.organisations.fact.job', profile.jobTitle],
    ['web.account.organisations.fact.department', profile.department],
    ['web.account.organisations.fact.office', profile.officeLocation],
    ['web.account.organisations.fact.mail', profile.mail],
  ]
  const known = facts.flatMap(([name, value]) => (value ? [[message(name), <bdi key={name}>{value}</bdi>] as const] : []))
  return <Facts facts={known} />
}

function Help({ organization: { technicalNotificationMails: mails, note } }: Pick<SecurityInfoBody, 'organization'>) {
  return (
    <div className="organisation-help">
      <h3>{message('web.account.organisations.help.title')}</h3>
      {note && <p>{note}</p>}
      {mails.map((mail) => (
        <p key={mail}>
          <a className="link" href={`mailto:${encodeURIComponent(mail).replace('%40', '@')}`}>
            {mail}
          </a>
        </p>
      ))}
      {!note && mails.length === 0 && <p>{message('web.account.organisations.help.ask')}</p>}
    </div>
  )
}

const seen = [
  'web.account.organisations.sees.profile',
  'web.account.organisations.sees.methods',
  'web.account.organisations.sees.sign-ins',
] as const satisfies readonly MessageKey[]

const unseen = [
  'web.account.organisations.sees.not-phone',
  'web.account.organisations.sees.not-secrets',
  'web.account.organisations.sees.not-place',
] as const satisfies readonly MessageKey[]

function Sees() {
  return (
    <>
      <div className="sees">
        <section>
          <h3>{message('web.account.organisations.sees.yes')}</h3>
          <ul>
            {seen.map((key) => (
              <li key={key}>
                <Check className="icon" aria-hidden="true" />
                {message(key)}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{message('web.account.organisations.sees.no')}</h3>
          <ul className="never">
            {unseen.map((key) => (
              <li key={key}>
                <X className="icon" aria-hidden="true" />
                {message(key)}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <p className="promise">{message('web.account.organisations.sees.promise')}</p>
    </>
  )
}
