import type { Caller } from '#server/domain/caller.ts'
import { csvRow } from '#server/domain/csv.ts'
import type { ReportPolicies, TextDependent } from '#server/domain/method-registration.ts'
import { seesNumbers, shownNumber } from '#server/domain/numbers-of-all.ts'
import type { Query } from '#server/domain/query.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'methodReports'>

const pageMax = 999

/** A file leaves the house, so who took it stands in the audit log, and whether whole numbers are in it. */
export async function exportDependents(
  system: Needs,
  caller: Caller,
  query: Query,
  policies: ReportPolicies,
): Promise<AsyncGenerator<string>> {
  const isWhole = seesNumbers(caller, system.now())
  await system.inTransaction(({ audit }) =>
    audit.record(
      caller,
      {
        activity: 'Export report',
        category: 'UserManagement',
        operation: 'Other',
        targets: [{ id: 'textDependents', kind: 'Other', displayName: 'People who depend on texts' }],
        details: { Numbers: isWhole ? 'whole' : 'masked' },
      },
      system.now(),
    ),
  )
  return rowsOf(system, query, policies, isWhole)
}

export async function reportPolicies({ methodPolicies, now }: Pick<System, 'methodPolicies' | 'now'>): Promise<ReportPolicies> {
  const [sms, voice] = [await methodPolicies.find('sms'), await methodPolicies.find('voice')]
  return { sms, voice, enforcesLicences: (await methodPolicies.licenceMode('sms')) === 'enforce', at: now() }
}

const header = [
  'userPrincipalName',
  'userDisplayName',
  'department',
  'preferredLanguage',
  'phoneNumber',
  'isOnlyWayIn',
  'isOnlySecondFactor',
]

async function* rowsOf({ methodReports }: Needs, query: Query, policies: ReportPolicies, isWhole: boolean): AsyncGenerator<string> {
  yield csvRow(header)
  let after: Query['after']
  do {
    const { items, end } = await methodReports.textDependents({ ...query, top: pageMax, after }, policies)
    yield items.map((item) => rowOf(item, isWhole)).join('')
    after = end
  } while (after)
}

function rowOf(
  { userPrincipalName, displayName, department, preferredLanguage, number, ...only }: TextDependent,
  isWhole: boolean,
): string {
  const shown = number ? shownNumber(number, isWhole) : ''
  return csvRow([
    userPrincipalName,
    displayName,
    department ?? '',
    preferredLanguage ?? '',
    shown,
    only.isOnlyWayIn,
    only.isOnlySecondFactor,
  ])
}
