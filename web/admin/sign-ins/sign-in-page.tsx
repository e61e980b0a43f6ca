import type { ReactNode } from 'react'
import type { ToldSignInBody } from '#contract/graph/sign-ins.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Badge } from '../../kit/badge.tsx'
import { Card } from '../../kit/card.tsx'
import { CopyLine } from '../../kit/copy-line.tsx'
import { Crumbs } from '../../kit/crumbs.tsx'
import { Link } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useParameter } from '../../kit/routing/parameters.ts'
import { Facts } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { capitalised, exactText } from '../../kit/words/recent.ts'
import { Identifier } from './identifier.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'
import { Remedies } from './remedies.tsx'
import { Timeline } from './timeline.tsx'
import './sign-in.css'

export default function SignInPage() {
  const signIn = useResource<ToldSignInBody>(`/sesam/v1/auditLogs/signIns/${encodeURIComponent(useParameter('id'))}`)
  const { data } = signIn
  const title = data ? (data.userDisplayName ?? data.servicePrincipalName ?? message('web.admin.sign-ins.nobody')) : undefined
  return (
    <Page
      title={title ?? message('web.admin.sign-ins.one')}
      lead={data && message('web.admin.sign-ins.to-app', { app: data.appDisplayName, moment: exactText(data.createdDateTime) })}
    >
      <Crumbs above={[{ to: '/admin/sign-ins', text: message('web.admin.sign-ins.label') }]} />
      <ResourceView of={signIn}>
        {(found) => (
          <div className="stack-wide">
            <Verdict signIn={found} />
            <Card title={message('web.admin.sign-ins.steps')}>
              <Timeline steps={found.steps} />
            </Card>
            <Card title={message('web.admin.sign-ins.details')}>
              <Facts facts={factsOf(found)} />
            </Card>
          </div>
        )}
      </ResourceView>
    </Page>
  )
}

function Verdict({ signIn }: { signIn: ToldSignInBody }) {
  const { outcome, whatHappened, whatToDo, isReported } = signIn
  return (
    <section className="verdict" data-outcome={outcome} aria-label={message('web.admin.sign-ins.column.result')}>
      <div className="row">
        <OutcomeBadge outcome={outcome} />
        {isReported && <Badge tone="bad">{message('web.admin.sign-ins.reported')}</Badge>}
      </div>
      <div>
        <h2>{message('web.admin.sign-ins.what-happened')}</h2>
        <p>{whatHappened}</p>
      </div>
      <div>
        <h2>{message('web.admin.sign-ins.what-to-do')}</h2>
        <p>{whatToDo}</p>
      </div>
      <Remedies signIn={signIn} />
    </section>
  )
}

function factsOf(signIn: ToldSignInBody): readonly (readonly [string, ReactNode])[] {
  const { userId, userDisplayName, userPrincipalName, appId, appDisplayName, ipAddress, deviceDetail, status, correlationId } = signIn
  const device = [deviceDetail.browser, deviceDetail.operatingSystem].filter((part) => part !== null).join(', ')
  const isTwo = signIn.authenticationRequirement === 'multiFactorAuthentication'
  return [
    ...(userId
      ? [
          [
            message('web.admin.sign-ins.filter.person'),
            <Link key="person" to={`/admin/users/${userId}`}>
              {userDisplayName} ({userPrincipalName})
            </Link>,
          ] as const,
        ]
      : []),
    ...(signIn.signInIdentifier ? [[message('web.admin.sign-ins.typed'), <Identifier key="typed" signIn={signIn} />] as const] : []),
    [message('web.admin.sign-ins.column.when'), capitalised(exactText(signIn.createdDateTime))],
    [
      message('web.admin.sign-ins.column.app'),
      <Link key="app" to={`/admin/sign-ins?app=${appId}`}>
        {appDisplayName}
      </Link>,
    ],
    [
      message('web.admin.sign-ins.column.address'),
      <Link key="address" to={`/admin/sign-ins?address=${encodeURIComponent(ipAddress)}`}>
        <span className="ltr">{ipAddress}</span>
      </Link>,
    ],
    ...(device ? [[message('web.admin.sign-ins.device'), <bdi key="device">{device}</bdi>] as const] : []),
    [message('web.admin.sign-ins.proofs'), message(isTwo ? 'web.admin.sign-ins.proofs-two' : 'web.admin.sign-ins.proofs-one')],
    [
      message('web.admin.sign-ins.filter.code'),
      <Link key="code" to={`/admin/sign-ins?code=${status.errorCode}`}>
        {status.errorCode}
      </Link>,
    ],
    [
      message('web.admin.sign-ins.correlation'),
      <CopyLine key="correlation" label={message('web.admin.sign-ins.correlation')} text={correlationId} />,
    ],
  ]
}
