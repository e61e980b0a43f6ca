import { ShieldQuestion } from 'lucide-react'
import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import { Button } from '../../kit/button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Page } from '../../kit/page.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Rows } from '../../kit/rows.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'
import { capitalised, dayText } from '../../kit/words/recent.ts'
import { ReportDialog } from './report-dialog.tsx'
import { SignInRow } from './sign-in-row.tsx'
import { useAllSignIns } from './use-all-sign-ins.ts'
import './activity.css'

export default function ActivityPage() {
  const { first, items, more, markReported } = useAllSignIns()
  const [reported, openReport, closeReport] = useDialogAddress('report')
  const meant = items.find(({ id }) => id === reported)
  return (
    <Page title={message('web.account.activity.label')} lead={message('web.account.activity.lead')}>
      {first.error && <ErrorBanner error={first.error} onRetry={first.reload} />}
      {first.isLoading && <Skeleton lines={4} shape="card" />}
      {first.data && items.length === 0 && (
        <EmptyState icon={<ShieldQuestion className="icon" aria-hidden="true" />} title={message('web.account.activity.empty')}>
          <p>{message('web.account.activity.empty-told')}</p>
        </EmptyState>
      )}
      {byDay(items).map(([day, ofDay]) => (
        <section key={day} className="stack sign-ins">
          <h2 className="day">{day}</h2>
          <Rows label={day}>
            {ofDay.map((signIn) => (
              <SignInRow key={signIn.id} signIn={signIn} onReport={() => openReport(signIn.id)} />
            ))}
          </Rows>
        </section>
      ))}
      {more.error && <ErrorBanner error={more.error} onRetry={more.load} />}
      {more.isThere && (
        <div className="row">
          <Button kind="quiet" isBusy={more.isLoading} onPress={more.load}>
            {message('web.account.activity.more')}
          </Button>
        </div>
      )}
      {meant && <ReportDialog signIn={meant} onReported={markReported} onClose={closeReport} />}
    </Page>
  )
}

/** As the calendar of whoever looks has them. */
function byDay(items: readonly OwnSignInBody[]): [day: string, items: OwnSignInBody[]][] {
  return [...Map.groupBy(items, ({ createdDateTime }) => capitalised(dayText(createdDateTime)))]
}
