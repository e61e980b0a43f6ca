import { useState } from 'react'
import type { SignInEntryBody } from '#contract/graph/sign-ins.ts'
import { signInMethods } from '#contract/sign-in-log.ts'
import { all, listPath } from '../../kit/api/list-path.ts'
import { type DataColumn, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ExportButton } from '../../kit/export-button.tsx'
import { LiveToggle } from '../../kit/live-toggle.tsx'
import { Page } from '../../kit/page.tsx'
import { useLive } from '../../kit/use-live.ts'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { usePeriodFilter } from '../period-chip.tsx'
import { Filters, useAsked } from './filters.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'
import { filterOf } from './question.ts'
import { methodNames } from './words.ts'

const log = '/sesam/v1/auditLogs/signIns'
const everyMs = 3_000

export default function SignInsPage() {
  const asked = useAsked()
  const [isLive, setLive] = useState(false)
  const filter = all(filterOf(asked), usePeriodFilter('createdDateTime'))
  const path = listPath(log, { filter, top: 50 })
  useLive([path], { everyMs, isOn: isLive, onEnd: () => setLive(false) })
  return (
    <Page title={message('web.admin.sign-ins.label')} lead={message('web.admin.sign-ins.lead')}>
      <Filters>
        <LiveToggle isOn={isLive} onChange={setLive} />
        <ExportButton path={listPath(`${log}/export`, { filter })} name="sign-ins.csv" />
      </Filters>
      <DataTable<SignInEntryBody>
        label={message('web.admin.sign-ins.label')}
        path={path}
        columns={columns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/sign-ins/${id}`}
        empty={<EmptyState title={message('web.admin.sign-ins.none')}>{message('web.admin.sign-ins.none-told')}</EmptyState>}
      />
    </Page>
  )
}

function columns(): readonly DataColumn<SignInEntryBody>[] {
  return [
    { name: message('web.admin.sign-ins.column.who'), cell: whoOf },
    { name: message('web.admin.sign-ins.column.when'), cell: ({ createdDateTime }) => <When instant={createdDateTime} isFirst /> },
    {
      name: message('web.admin.sign-ins.column.result'),
      cell: ({ outcome, status }) => (
        <>
          <OutcomeBadge outcome={outcome} />
          {status.failureReason && <p className="soft small">{status.failureReason}</p>}
        </>
      ),
    },
    { name: message('web.admin.sign-ins.column.app'), cell: appOf },
    { name: message('web.admin.sign-ins.column.address'), cell: ({ ipAddress }) => <span className="ltr">{ipAddress}</span> },
  ]
}

/** A name where there is one, and else what was typed, as far as it may be seen. */
function whoOf({ userDisplayName, servicePrincipalName, signInIdentifier }: SignInEntryBody) {
  if (userDisplayName ?? servicePrincipalName) return <bdi>{userDisplayName ?? servicePrincipalName}</bdi>
  return (
    <>
      {message('web.admin.sign-ins.nobody')} <bdi className="ltr">{signInIdentifier}</bdi>
    </>
  )
}

/** To which app, and what it was proven with. */
function appOf({ appDisplayName, authenticationDetails }: SignInEntryBody) {
  const used = signInMethods.filter((method) => authenticationDetails.some((step) => step.authenticationMethod === method))
  return (
    <>
      <bdi>{appDisplayName}</bdi>
      {used.length > 0 && <p className="soft small">{used.map((method) => message(methodNames[method])).join(' · ')}</p>}
    </>
  )
}
