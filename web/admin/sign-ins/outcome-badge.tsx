import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import type { SignInOutcome } from '#contract/sign-in-log.ts'
import { Badge } from '../../kit/badge.tsx'
import { message } from '../../kit/words/message.ts'
import { outcomeNames } from './words.ts'
import './outcome-badge.css'

const looks = {
  success: { Icon: CircleCheck, tone: 'good' },
  failure: { Icon: CircleX, tone: 'bad' },
  interrupted: { Icon: CircleDashed, tone: 'note' },
} as const

/** How it ended, told by its shape and its word as much as by its colour. */
export function OutcomeBadge({ outcome }: { outcome: SignInOutcome }) {
  const { Icon, tone } = looks[outcome]
  return (
    <span className="outcome">
      <Badge tone={tone}>
        <Icon className="icon" aria-hidden="true" /> {message(outcomeNames[outcome])}
      </Badge>
    </span>
  )
}
