import { CircleCheck, CircleDashed, CircleX, History } from 'lucide-react'
import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { placeText } from '../place-text.ts'
import type { ListBody } from '../resources.ts'
import { Tile, TileFact } from './tile.tsx'
import './activity-tile.css'

const shownMax = 3

export function ActivityTile({ signIns }: { signIns: Resource<ListBody<OwnSignInBody>> }) {
  return (
    <Tile to="/activity" title={message('web.account.activity.label')} icon={History} isWide of={signIns}>
      {({ value }) => {
        if (value.length === 0) return <TileFact fact={message('web.account.activity.empty')} />
        return (
          <ul className="latest">
            {value.slice(0, shownMax).map((signIn) => (
              <Latest key={signIn.id} signIn={signIn} />
            ))}
          </ul>
        )
      }}
    </Tile>
  )
}

const looks = {
  signedIn: { icon: CircleCheck, tone: 'good', words: 'web.account.overview.activity.signed-in' },
  notFinished: { icon: CircleDashed, tone: 'soft', words: 'web.account.overview.activity.not-finished' },
  failed: { icon: CircleX, tone: 'bad', words: 'web.account.overview.activity.failed' },
} as const

function Latest({ signIn }: { signIn: OwnSignInBody }) {
  const { result, createdDateTime, isCurrentSession } = signIn
  const { icon: Icon, tone, words } = looks[result]
  return (
    <li className={tone}>
      <Icon className="icon" aria-hidden="true" />
      <span className="latest-what">
        <b>{message(words)}</b>{' '}
        <span className="soft">
          {placeText(signIn)}
          {isCurrentSession && ` · ${message('web.account.devices.here')}`}
        </span>
      </span>
      <span className="soft">
        <When instant={createdDateTime} isFirst />
      </span>
    </li>
  )
}
