import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import { csvRow } from '#server/domain/csv.ts'
import type { Query } from '#server/domain/query.ts'
import type { RecordedSignIn } from '#server/domain/sign-in-event.ts'
import type { System } from '#server/system.ts'
import { presentEntry } from './tell-sign-in.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'signIns' | 'organization'>

const pageMax = 1_000

const header = [
  'createdDateTime',
  'outcome',
  'errorCode',
  'failureReason',
  'userDisplayName',
  'userPrincipalName',
  'signInIdentifier',
  'signInIdentifierType',
  'appDisplayName',
  'ipAddress',
  'operatingSystem',
  'browser',
  'authenticationRequirement',
  'steps',
  'correlationId',
  'id',
]

/** A file leaves the house, so who took it stands in the audit log. What was typed is masked in it, whoever asks. */
export async function exportSignIns(system: Needs, caller: Caller, query: Query, locale: Locale): Promise<AsyncGenerator<string>> {
  const now = system.now()
  await system.inTransaction(({ audit }) =>
    audit.record(
      caller,
      {
        activity: 'Export log',
        category: 'UserManagement',
        operation: 'Other',
        targets: [{ id: 'signIns', kind: 'Other', displayName: 'Sign-in log' }],
        details: { Identifiers: 'masked' },
      },
      now,
    ),
  )
  return rowsOf(system, query, locale)
}

async function* rowsOf({ signIns, organization }: Needs, query: Query, locale: Locale): AsyncGenerator<string> {
  yield csvRow(header)
  let after: Query['after']
  do {
    const { items, end } = await signIns.list({ ...query, top: pageMax, count: false, after })
    yield items.map((item) => rowOf(item, organization.id, locale)).join('')
    after = end
  } while (after)
}

function rowOf(signIn: RecordedSignIn, organizationId: string, locale: Locale): string {
  const { status, deviceDetail, authenticationDetails, ...entry } = presentEntry(signIn, organizationId, locale)
  const steps = authenticationDetails.map((step) => `${step.authenticationMethod}: ${step.authenticationStepResultDetail}`)
  return csvRow([
    entry.createdDateTime,
    entry.outcome,
    status.errorCode,
    status.failureReason ?? '',
    entry.userDisplayName ?? '',
    entry.userPrincipalName ?? '',
    entry.signInIdentifier ?? '',
    entry.signInIdentifierType ?? '',
    entry.appDisplayName,
    entry.ipAddress,
    deviceDetail.operatingSystem ?? '',
    deviceDetail.browser ?? '',
    entry.authenticationRequirement,
    steps.join('; '),
    entry.correlationId,
    entry.id,
  ])
}
