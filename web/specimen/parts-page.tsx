import { KeyRound, MonitorSmartphone, ShieldCheck, Smartphone } from 'lucide-react'
import { Badge } from '../kit/badge.tsx'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { Card, Cards } from '../kit/card.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { LinkButton } from '../kit/link.tsx'
import { Page } from '../kit/page.tsx'
import { Facts, Row, Rows } from '../kit/rows.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { Table } from '../kit/table.tsx'
import { showToast } from '../kit/toasts.tsx'
import { dateText, momentText } from '../kit/words/moments.ts'

const signIns = [
  { at: '2026-11-27T14:05:00Z', app: 'Rooster', device: 'Chrome on Android' },
  { at: '2026-11-26T07:58:00Z', app: 'My Account', device: 'Safari on iPhone' },
]

export default function PartsPage() {
  return (
    <Page title="Every part of the kit" lead="As it looks in this organisation, this language and this light.">
      <Tiles />
      <Methods />
      <Notes />
      <Table
        label="Recent sign-ins"
        columns={[
          { name: 'When', cell: ({ at }) => momentText(at) },
          { name: 'App', cell: ({ app }) => app },
          { name: 'Device', cell: ({ device }) => device },
        ]}
        items={signIns}
        keyOf={({ at }) => at}
      />
      <Skeleton />
      <EmptyState title="No devices" action={<Button kind="quiet">Look again</Button>}>
        Sign in on one, and it will stand here.
      </EmptyState>
    </Page>
  )
}

function Notes() {
  return (
    <section className="stack" aria-labelledby="notes">
      <h2 id="notes">Buttons and banners</h2>
      <div className="row">
        <Button onPress={() => showToast('It is done')}>Say it</Button>
        <Button kind="quiet">Quiet</Button>
        <Button kind="danger">Dangerous</Button>
        <Button kind="plain">Plain</Button>
        <Button isBusy>Busy</Button>
        <Button isDisabled>Not now</Button>
      </div>
      <Banner title="Good to know">Something that is so.</Banner>
      <Banner tone="good">It was done.</Banner>
      <Banner tone="bad">It was not done.</Banner>
    </section>
  )
}

function Tiles() {
  return (
    <Cards>
      <Card
        title="Security info"
        note="2 methods"
        icon={<ShieldCheck className="icon" aria-hidden="true" />}
        actions={<LinkButton to="/account/form">Manage</LinkButton>}
      >
        <p>How you prove who you are.</p>
      </Card>
      <Card
        title="Password"
        icon={<KeyRound className="icon" aria-hidden="true" />}
        aside={<Badge tone="good">Set</Badge>}
        actions={<LinkButton to="/account/form">Change</LinkButton>}
      >
        <Facts facts={[['Changed', dateText('2026-10-01')]]} />
      </Card>
    </Cards>
  )
}

function Methods() {
  return (
    <section className="stack" aria-labelledby="methods">
      <h2 id="methods">A list of things</h2>
      <Rows label="Methods">
        <Row
          title={
            <>
              Phone <span className="ltr">+31 •••••••01</span>
            </>
          }
          badge={<Badge tone="accent">Default</Badge>}
          icon={<Smartphone className="icon" aria-hidden="true" />}
          actions={
            <>
              <Button kind="plain">Change</Button>
              <Button kind="plain">Delete</Button>
            </>
          }
          more={
            <Banner tone="accent" title="Your number can be your user name" actions={<Button>Enable</Button>}>
              <p>No more typing of long addresses.</p>
            </Banner>
          }
        >
          Added {dateText('2026-11-01')}
        </Row>
        <Row title="A computer" icon={<MonitorSmartphone className="icon" aria-hidden="true" />} badge={<Badge>This device</Badge>}>
          <Disclosure title="More about it">Chrome on Windows, from 192.0.2.1</Disclosure>
        </Row>
      </Rows>
    </section>
  )
}
