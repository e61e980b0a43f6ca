import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Disclosure } from '../../kit/disclosure.tsx'
import { Facts, Row } from '../../kit/rows.tsx'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { capitalised, exactText, isToday, timeText } from '../../kit/words/recent.ts'
import { appName } from '../app-name.ts'
import { exactPlaceText, placeText } from '../place-text.ts'
import { howText, whatText } from './sentences.ts'

const icons = { signedIn: CircleCheck, notFinished: CircleDashed, failed: CircleX } as const

export function SignInRow({ signIn, onReport }: { signIn: OwnSignInBody; onReport: () => void }) {
  const { result, createdDateTime, because, canReport } = signIn
  const Icon = icons[result]
  return (
    <Row
      title={whatText(signIn)}
      badge={<State signIn={signIn} />}
      icon={<Icon className={`icon ${result}`} aria-hidden="true" />}
      actions={
        canReport && (
          <Button kind="plain" onPress={onReport}>
            {message('web.account.activity.not-me')}
          </Button>
        )
      }
      more={
        <Disclosure title={message('web.account.activity.details')}>
          <Details signIn={signIn} />
        </Disclosure>
      }
    >
      <p>
        {isToday(createdDateTime) ? <When instant={createdDateTime} isFirst /> : <Time instant={createdDateTime} />} · {placeText(signIn)}
      </p>
      {because && result === 'failed' && <p>{because.message}</p>}
    </Row>
  )
}

/** The day stands above the list. */
function Time({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={exactText(instant)}>
      {timeText(instant)}
    </time>
  )
}

function State({ signIn: { isCurrentSession, reportedDateTime } }: { signIn: OwnSignInBody }) {
  if (reportedDateTime) return <Badge tone="bad">{message('web.account.activity.reported')}</Badge>
  return isCurrentSession ? <Badge tone="good">{message('web.account.devices.here')}</Badge> : null
}

function Details({ signIn }: { signIn: OwnSignInBody }) {
  const { createdDateTime, appId, appDisplayName, identifier, ipAddress, location, because } = signIn
  const where = [location.city, location.state, location.countryOrRegion].filter((part) => part !== null).join(', ')
  const how = howText(signIn)
  return (
    <div className="details">
      <Facts
        facts={[
          [message('web.account.activity.fact.when'), capitalised(exactText(createdDateTime))],
          [message('web.account.activity.fact.app'), <bdi key="app">{appName({ appId, displayName: appDisplayName })}</bdi>],
          [message('web.account.activity.fact.name'), <bdi key="name">{identifier}</bdi>],
          ...(how ? [[message('web.account.activity.fact.how'), how] as const] : []),
          [message('web.account.activity.fact.device'), exactPlaceText(signIn)],
          [
            message('web.account.activity.fact.address'),
            <span key="address" className="ltr">
              {ipAddress}
            </span>,
          ],
          ...(where ? [[message('web.account.activity.fact.place'), where] as const] : []),
          [message('web.account.activity.fact.result'), because?.message ?? message('web.account.activity.fact.good')],
        ]}
      />
    </div>
  )
}
