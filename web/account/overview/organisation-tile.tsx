import { Building2 } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { message } from '../../kit/words/message.ts'
import { Tile, TileFact } from './tile.tsx'

export function OrganisationTile({ info }: { info: Resource<SecurityInfoBody> }) {
  return (
    <Tile to="/organisations" title={message('web.account.organisations.label')} icon={Building2} of={info}>
      {({ organization: { displayName } }) => (
        <TileFact fact={<bdi>{displayName}</bdi>}>{message('web.account.overview.organisation.told')}</TileFact>
      )}
    </Tile>
  )
}
