import { useState } from 'react'
import type { CapabilitiesBody, RegistrationCountsBody, SignInCountsBody, TextCountsBody } from '#contract/graph/reports.ts'
import type { ApiPath } from '../../kit/api/api.ts'
import { listPath } from '../../kit/api/list-path.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { LiveToggle } from '../../kit/live-toggle.tsx'
import { Page } from '../../kit/page.tsx'
import { useLive } from '../../kit/use-live.ts'
import { message } from '../../kit/words/message.ts'
import { countsPath, PeriodChoice, usePeriod } from './period.tsx'
import { CapabilitiesReport, type MethodSummary, MethodsReport, RegistrationsReport } from './registered-reports.tsx'
import { SignInsReport } from './sign-ins-report.tsx'
import { type Dependents, DependentsReport, TextsReport } from './texts-reports.tsx'
import './reports.css'

const everyMs = 20_000
const dependentsPath = listPath('/sesam/v1/reports/textDependents', { top: 10, isAdvanced: true })
const methodsPath: ApiPath = '/v1.0/reports/authenticationMethods/usersRegisteredByMethod'
const capabilitiesPath: ApiPath = '/sesam/v1/reports/capabilities'

export default function ReportsPage() {
  const period = usePeriod()
  const [isLive, setLive] = useState(true)
  const [signIns, registrations, texts] = [
    countsPath('signInCounts', period),
    countsPath('registrationCounts', period),
    countsPath('textCounts', period),
  ]
  useLive([signIns, registrations, texts, methodsPath, capabilitiesPath], { everyMs, isOn: isLive, onEnd: () => setLive(false) })
  return (
    <Page
      title={message('web.admin.reports.label')}
      lead={message('web.admin.reports.lead')}
      aside={<LiveToggle isOn={isLive} onChange={setLive} />}
    >
      <div className="toolbar">
        <PeriodChoice />
      </div>
      <div className="reports">
        <SignInsReport of={useResource<SignInCountsBody>(signIns)} />
        <MethodsReport of={useResource<MethodSummary>(methodsPath)} />
        <CapabilitiesReport of={useResource<CapabilitiesBody>(capabilitiesPath)} />
        <RegistrationsReport of={useResource<RegistrationCountsBody>(registrations)} />
        <TextsReport of={useResource<TextCountsBody>(texts)} />
        <DependentsReport of={useResource<Dependents>(dependentsPath)} />
      </div>
    </Page>
  )
}
