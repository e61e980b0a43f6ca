import { Ticket } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Row } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { momentText } from '../../kit/words/moments.ts'

export type OwnPassBody = NonNullable<SecurityInfoBody['temporaryAccessPass']>

export interface PassRowProps {
  pass: OwnPassBody
  onDelete: () => void
}

/** One's own pass: how long it works and how often, never what it is. */
export default function PassRow({ pass, onDelete }: PassRowProps) {
  const { isUsableOnce, because } = pass
  return (
    <Row
      title={<span>{message('web.methods.temporary-access-pass.name')}</span>}
      badge={
        <Badge tone={because ? 'bad' : 'good'}>
          {message(because ? 'web.methods.temporary-access-pass.bad' : 'web.methods.temporary-access-pass.good')}
        </Badge>
      }
      icon={<Ticket className="icon" aria-hidden="true" />}
      actions={
        <Button kind="plain" aria-label={message('web.methods.temporary-access-pass.delete-this')} onPress={onDelete}>
          {message('web.methods.temporary-access-pass.delete')}
        </Button>
      }
    >
      <p>{because ? because.message : message('web.methods.temporary-access-pass.hint')}</p>
      <p>
        {lifeText(pass)}
        {' · '}
        {message(isUsableOnce ? 'web.methods.temporary-access-pass.once' : 'web.methods.temporary-access-pass.often')}
      </p>
    </Row>
  )
}

function lifeText({ startDateTime, expiresDateTime, because }: OwnPassBody): string {
  const words = { start: momentText(startDateTime), moment: momentText(expiresDateTime) }
  switch (because?.code) {
    case 'NotYetValid':
      return message('web.methods.temporary-access-pass.from', words)
    case 'Expired':
      return message('web.methods.temporary-access-pass.was-until', words)
    default:
      return message('web.methods.temporary-access-pass.until', words)
  }
}
