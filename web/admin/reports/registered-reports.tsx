import type { z } from 'zod'
import type { methodSummary } from '#contract/graph/method-reports.ts'
import type { CapabilitiesBody, RegistrationCountsBody } from '#contract/graph/reports.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { Table } from '../../kit/table.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { countText, shareText } from '../../kit/words/numbers.ts'
import { Bars } from './chart/bars.tsx'
import type { Series } from './chart/series.tsx'
import { TimeChart } from './chart/time-chart.tsx'
import { momentNames } from './moments.ts'
import { countsPath, usePeriod } from './period.tsx'
import { ReportCard } from './report-card.tsx'
import { SeriesTable, summed, toldOf } from './sign-ins-report.tsx'

export type MethodSummary = z.infer<typeof methodSummary>
type RegistrableMethod = MethodSummary['userRegistrationMethodCounts'][number]['authenticationMethod']

const methodNames = {
  password: 'web.admin.reports.method.password',
  email: 'web.admin.reports.method.email',
  mobilePhone: 'web.admin.reports.method.mobile',
  alternateMobilePhone: 'web.admin.reports.method.alternate-mobile',
  officePhone: 'web.admin.reports.method.office',
  securityQuestion: 'web.admin.reports.method.questions',
  microsoftAuthenticatorPush: 'web.admin.reports.method.push',
  softwareOneTimePasscode: 'web.admin.reports.method.totp',
  hardwareOneTimePasscode: 'web.admin.reports.method.hardware',
  fido2: 'web.admin.reports.method.passkey',
  temporaryAccessPass: 'web.admin.reports.method.pass',
} as const satisfies Record<RegistrableMethod, MessageKey>

export function MethodsReport({ of }: { of: Resource<MethodSummary> }) {
  const title = message('web.admin.reports.registered')
  const rowsOf = ({ userRegistrationMethodCounts, totalUserCount }: MethodSummary) =>
    userRegistrationMethodCounts
      // What cannot be registered here yet would be a list of noughts.
      .filter(({ userCount, authenticationMethod }) => userCount > 0 || always.has(authenticationMethod))
      .map(({ authenticationMethod, userCount }) => ({
        name: message(methodNames[authenticationMethod]),
        value: userCount,
        text: withShare(userCount, totalUserCount),
      }))
  return (
    <ReportCard
      title={title}
      of={of}
      file={{ path: '/sesam/v1/reports/registeredMethods/export', name: 'registered-methods.csv' }}
      picture={(data) => <Bars label={title} bars={rowsOf(data)} of={data.totalUserCount} />}
      table={(data) => <CountTable label={title} rows={rowsOf(data)} />}
    />
  )
}

const always: ReadonlySet<RegistrableMethod> = new Set(['password', 'email', 'mobilePhone', 'alternateMobilePhone', 'officePhone'])

const capabilityNames = {
  resetPassword: 'web.admin.reports.can.reset',
  twoStep: 'web.admin.reports.can.two-step',
  withoutPassword: 'web.admin.reports.can.without-password',
} as const satisfies Record<CapabilitiesBody['value'][number]['capability'], MessageKey>

export function CapabilitiesReport({ of }: { of: Resource<CapabilitiesBody> }) {
  const title = message('web.admin.reports.can.label')
  const rowsOf = ({ value, totalUserCount }: CapabilitiesBody) =>
    value.map(({ capability, userCount }) => ({
      name: message(capabilityNames[capability]),
      value: userCount,
      text: withShare(userCount, totalUserCount),
    }))
  return (
    <ReportCard
      title={title}
      of={of}
      file={{ path: '/sesam/v1/reports/capabilities/export', name: 'capabilities.csv' }}
      picture={(data) => <Bars label={title} bars={rowsOf(data)} of={data.totalUserCount} />}
      table={(data) => <CountTable label={title} rows={rowsOf(data)} />}
    />
  )
}

function withShare(count: number, of: number): string {
  return of === 0 ? countText(count) : `${countText(count)} (${shareText(count / of)})`
}

function CountTable({ label, rows }: { label: string; rows: readonly { name: string; text: string }[] }) {
  return (
    <Table
      label={label}
      columns={[
        { name: message('web.admin.reports.what'), cell: ({ name }) => name },
        { name: message('web.admin.reports.people'), cell: ({ text }) => text },
      ]}
      items={rows}
      keyOf={({ name }) => name}
    />
  )
}

export function RegistrationsReport({ of }: { of: Resource<RegistrationCountsBody> }) {
  const title = message('web.admin.reports.registrations')
  return (
    <ReportCard
      title={title}
      of={of}
      file={{ path: `${countsPath('registrationCounts', usePeriod())}/export`, name: 'registrations-over-time.csv' }}
      isWide
      picture={(counts) => {
        const series = byRegistrar(counts)
        return <TimeChart label={title} told={toldOf(series)} kind="columns" moments={counts.moments.map(momentNames)} series={series} />
      }}
      table={(counts) => <SeriesTable label={title} moments={counts.moments} series={byRegistrar(counts)} />}
    />
  )
}

function byRegistrar({ moments, value }: RegistrationCountsBody): readonly Series[] {
  const of = (by: 'user' | 'admin') =>
    summed(
      moments,
      value.filter((one) => one.by === by),
    )
  return [
    { name: message('web.admin.reports.by-user'), values: of('user') },
    { name: message('web.admin.reports.by-admin'), values: of('admin') },
  ]
}
