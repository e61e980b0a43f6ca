import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Page } from '../../kit/page.tsx'
import { session } from '../../kit/session/session.ts'
import { setting } from '../../kit/setting.ts'
import { message } from '../../kit/words/message.ts'
import { useProfile, useSecurityInfo, useSessions, useSignIns } from '../resources.ts'
import { ActivityTile } from './activity-tile.tsx'
import { DevicesTile } from './devices-tile.tsx'
import { LanguageTile } from './language-tile.tsx'
import { OrganisationTile } from './organisation-tile.tsx'
import { PasswordTile } from './password-tile.tsx'
import { SecurityTile } from './security-tile.tsx'
import './overview.css'

export default function OverviewPage() {
  const info = useSecurityInfo()
  const signIns = useSignIns()
  const sessions = useSessions()
  const profile = useProfile()
  const broken = [info, signIns, sessions, profile].filter(({ error }) => error)
  const [first] = broken
  const askAgain = () => {
    for (const { reload } of broken) reload()
  }
  return (
    <Page title={message('web.account.overview.title', { name: session.person.givenName })} lead={<Lead />}>
      {/* One server is down at a time, so the tiles do not each say so. */}
      {first?.error && <ErrorBanner error={first.error} onRetry={askAgain} />}
      <div className="overview">
        <SecurityTile info={info} />
        <ActivityTile signIns={signIns} />
        <DevicesTile sessions={sessions} />
        <PasswordTile info={info} />
        <OrganisationTile info={info} />
        <LanguageTile profile={profile} />
      </div>
    </Page>
  )
}

function Lead() {
  return (
    <>
      {message('web.account.overview.lead', { organisation: setting().organisation })}{' '}
      <bdi className="nowrap">{session.person.username}</bdi>
    </>
  )
}
