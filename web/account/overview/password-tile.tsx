import { KeyRound } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'
import { Tile, TileFact } from './tile.tsx'

export function PasswordTile({ info }: { info: Resource<SecurityInfoBody> }) {
  return (
    <Tile to="/password" title={message('web.account.password.label')} icon={KeyRound} of={info}>
      {({ methods }) => {
        const password = methods.find(({ kind }) => kind === 'password')
        if (!password) {
          return (
            <TileFact fact={message('web.account.overview.password.none')}>{message('web.account.overview.password.none-told')}</TileFact>
          )
        }
        return (
          <TileFact fact={message('web.account.overview.password.there')}>
            {password.createdDateTime && message('web.account.password.since', { date: dateText(password.createdDateTime) })}
          </TileFact>
        )
      }}
    </Tile>
  )
}
