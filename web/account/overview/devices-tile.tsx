import { MonitorSmartphone } from 'lucide-react'
import type { OwnSessionBody } from '#contract/graph/own-sessions.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { countMessage, message } from '../../kit/words/message.ts'
import { placeText } from '../place-text.ts'
import type { ListBody } from '../resources.ts'
import { Tile, TileFact } from './tile.tsx'

export function DevicesTile({ sessions }: { sessions: Resource<ListBody<OwnSessionBody>> }) {
  return (
    <Tile to="/devices" title={message('web.account.devices.label')} icon={MonitorSmartphone} of={sessions}>
      {({ value }) => {
        const here = value.find(({ isCurrent }) => isCurrent)
        return (
          <TileFact fact={countMessage('web.account.overview.devices.count', value.length)}>
            {here && (value.length > 1 ? message('web.account.overview.devices.here', { place: placeText(here) }) : placeText(here))}
          </TileFact>
        )
      }}
    </Tile>
  )
}
