import type { ImportRunBody } from '#contract/graph/imports.ts'
import { type MessageKey, message } from '../../../kit/words/message.ts'
import { countText } from '../../../kit/words/numbers.ts'

const outcomes = {
  created: 'web.admin.users.import.outcome.created',
  updated: 'web.admin.users.import.outcome.updated',
  unchanged: 'web.admin.users.import.outcome.unchanged',
  skipped: 'web.admin.users.import.outcome.skipped',
  failed: 'web.admin.users.import.outcome.failed',
} as const satisfies Record<string, MessageKey>

export type Outcome = keyof typeof outcomes

export function outcomeText(outcome: Outcome): string {
  return message(outcomes[outcome])
}

export const outcomeNames: readonly Outcome[] = ['created', 'updated', 'unchanged', 'skipped', 'failed']

/** How many rows come to what. */
export function Counts({ of }: { of: Pick<ImportRunBody, Outcome> }) {
  return (
    <dl className="import-counts">
      {outcomeNames.map((outcome) => (
        <div key={outcome} data-outcome={outcome} data-none={of[outcome] === 0 || undefined}>
          <dt>{outcomeText(outcome)}</dt>
          <dd>{countText(of[outcome])}</dd>
        </div>
      ))}
    </dl>
  )
}
