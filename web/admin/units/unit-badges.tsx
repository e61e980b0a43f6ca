import type { UnitBody } from '#contract/graph/administrative-units.ts'
import { Badge } from '../../kit/badge.tsx'
import { message } from '../../kit/words/message.ts'

/** What is special about a unit. */
export function UnitBadges({ unit }: { unit: Pick<UnitBody, 'isMemberManagementRestricted' | 'visibility'> }) {
  return (
    <>
      {unit.isMemberManagementRestricted && <Badge tone="accent">{message('web.admin.units.restricted')}</Badge>}
      {unit.visibility === 'HiddenMembership' && <Badge>{message('web.admin.units.hidden')}</Badge>}
    </>
  )
}
