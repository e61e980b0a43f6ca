import { Monitor, MonitorSmartphone, Smartphone, Tablet } from 'lucide-react'
import type { OwnSessionBody } from '#contract/graph/own-sessions.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/card.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Row, Rows } from '../../kit/rows.tsx'
import { session } from '../../kit/session/session.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { momentText } from '../../kit/words/moments.ts'
import { listText } from '../../kit/words/recent.ts'
import { appName } from '../app-name.ts'
import { placeText } from '../place-text.ts'
import { useSessions } from '../resources.ts'
import { EndDialog } from './end-dialog.tsx'

export default function DevicesPage() {
  const sessions = useSessions()
  const [ending, openEnding, closeEnding] = useDialogAddress('end')
  return (
    <Page title={message('web.account.devices.label')} lead={message('web.account.devices.lead')}>
      <ResourceView of={sessions} waiting={<Skeleton lines={3} shape="card" />}>
        {({ value }) => (
          <>
            <Rows label={message('web.account.devices.label')}>
              {value.map((one) => (
                <Device key={one.id} device={one} onEnd={() => openEnding(one.id)} />
              ))}
            </Rows>
            <Card title={message('web.account.devices.all.title')} actions={<EndMany hasOthers={value.length > 1} onEnd={openEnding} />}>
              <p>{message('web.account.devices.all.told')}</p>
            </Card>
            {ending && <EndDialog what={ending} sessions={value} onClose={closeEnding} />}
          </>
        )}
      </ResourceView>
    </Page>
  )
}

function Device({ device, onEnd }: { device: OwnSessionBody; onEnd: () => void }) {
  const { isCurrent, lastSeenDateTime, startedDateTime, expiresDateTime, ipAddress, apps } = device
  const Icon = iconOf(device)
  const place = placeText(device)
  return (
    <Row
      title={place}
      badge={isCurrent && <Badge tone="good">{message('web.account.devices.here')}</Badge>}
      icon={<Icon className="icon" aria-hidden="true" />}
      actions={
        <Button
          kind="quiet"
          aria-label={message(isCurrent ? 'web.account.devices.sign-out-here' : 'web.account.devices.sign-out-of', { place })}
          onPress={isCurrent ? () => session.signOut() : onEnd}
        >
          {message('web.account.devices.sign-out')}
        </Button>
      }
    >
      {!isCurrent && (
        <p>
          {message('web.account.devices.seen')} <When instant={lastSeenDateTime} />
        </p>
      )}
      <p>
        {message('web.account.devices.since')} <When instant={startedDateTime} />
      </p>
      {expiresDateTime && <p>{message('web.account.devices.until', { moment: momentText(expiresDateTime) })}</p>}
      {apps.length > 0 && <p>{message('web.account.devices.apps', { apps: listText(apps.map(appName)) })}</p>}
      {ipAddress && (
        <p>
          {message('web.account.devices.address')} <span className="ltr">{ipAddress}</span>
        </p>
      )}
    </Row>
  )
}

function EndMany({ hasOthers, onEnd }: { hasOthers: boolean; onEnd: (what: string) => void }) {
  return (
    <>
      {hasOthers && (
        <Button kind="quiet" onPress={() => onEnd('others')}>
          {message('web.account.devices.all.others')}
        </Button>
      )}
      <Button kind="danger" onPress={() => onEnd('everywhere')}>
        {message('web.account.devices.all.everywhere')}
      </Button>
    </>
  )
}

function iconOf({ operatingSystem }: OwnSessionBody) {
  if (!operatingSystem) return MonitorSmartphone
  if (operatingSystem.startsWith('iPadOS')) return Tablet
  return /^(?:iOS|Android)/.test(operatingSystem) ? Smartphone : Monitor
}
