import type { ImportRunBody } from '#contract/graph/imports.ts'
import { Badge } from '../../../kit/badge.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { type MessageKey, message } from '../../../kit/words/message.ts'
import { momentText } from '../../../kit/words/moments.ts'
import { countText } from '../../../kit/words/numbers.ts'

const states = {
  notStarted: 'web.admin.users.import.state.waiting',
  running: 'web.admin.users.import.state.running',
  succeeded: 'web.admin.users.import.state.done',
  failed: 'web.admin.users.import.state.failed',
} as const satisfies Record<ImportRunBody['status'], MessageKey>

/** Those of the last thirty days, whoever began them. */
export function EarlierImports() {
  return (
    <section className="stack" aria-labelledby="earlier">
      <h2 id="earlier">{message('web.admin.users.import.earlier.title')}</h2>
      <DataTable<ImportRunBody>
        label={message('web.admin.users.import.earlier.title')}
        path="/sesam/v1/imports"
        columns={[
          { name: message('web.admin.users.import.earlier.when'), cell: ({ createdDateTime }) => momentText(createdDateTime) },
          {
            name: message('web.admin.users.import.earlier.state'),
            cell: ({ status }) => (
              <Badge tone={status === 'failed' ? 'bad' : status === 'succeeded' ? 'good' : 'note'}>{message(states[status])}</Badge>
            ),
          },
          { name: message('web.admin.users.import.outcome.created'), cell: ({ created }) => countText(created) },
          { name: message('web.admin.users.import.outcome.updated'), cell: ({ updated }) => countText(updated) },
          { name: message('web.admin.users.import.outcome.failed'), cell: ({ failed }) => countText(failed) },
        ]}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/users/import?run=${id}`}
        empty={<p className="soft">{message('web.admin.users.import.earlier.none')}</p>}
      />
    </section>
  )
}
