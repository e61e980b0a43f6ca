import { numberColumnNames, personColumnNames } from '#contract/graph/imports.ts'
import type { Caller } from '#server/domain/caller.ts'
import { csvRow } from '#server/domain/csv.ts'
import { requirePermission } from '#server/domain/decide.ts'
import { seesNumbers, shownNumber } from '#server/domain/numbers-of-all.ts'
import { missingFor } from '#server/domain/permissions.ts'
import type { Phone } from '#server/domain/phone.ts'
import type { Query } from '#server/domain/query.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'users' | 'phones'>

/** The same columns as a file that is brought in, so that what was taken out can be changed and brought in again. */
export const exportColumns: readonly string[] = [...personColumnNames, ...numberColumnNames]

const pageMax = 999

/** A file leaves the house, so who took it stands in the audit log, with its columns and whether whole numbers are in it. */
export async function exportUsers(system: Needs, caller: Caller, query: Query): Promise<AsyncGenerator<string>> {
  const now = system.now()
  const columns = columnsFor(caller, query.select, now)
  const hasNumbers = columns.some(isAboutNumbers)
  const isWhole = seesNumbers(caller, now)
  await system.inTransaction(({ audit }) =>
    audit.record(
      caller,
      {
        activity: 'Export people',
        category: 'UserManagement',
        operation: 'Other',
        targets: [{ id: 'users', kind: 'Other', displayName: 'People' }],
        details: { Columns: columns.join(', '), Numbers: hasNumbers ? (isWhole ? 'whole' : 'masked') : 'none' },
      },
      now,
    ),
  )
  return rowsOf(system, { ...query, select: undefined }, columns, isWhole)
}

/** Those that were asked for; without asking, all that the caller may see. */
function columnsFor(caller: Caller, asked: readonly string[] | undefined, now: Date): readonly string[] {
  if (asked === undefined) return missingFor(caller, 'phones.read', now) ? personColumnNames : exportColumns
  if (asked.some(isAboutNumbers)) requirePermission(caller, 'phones.read', now)
  return exportColumns.filter((column) => asked.includes(column))
}

function isAboutNumbers(column: string): boolean {
  return numberColumnNames.some((name) => name === column)
}

async function* rowsOf({ users, phones }: Needs, query: Query, columns: readonly string[], isWhole: boolean): AsyncGenerator<string> {
  yield csvRow(columns)
  const hasNumbers = columns.some(isAboutNumbers)
  let after: Query['after']
  do {
    const { items, end } = await users.list({ ...query, top: pageMax, count: false, after })
    const owned = hasNumbers
      ? await phones.ofUsers(
          items.map(({ id }) => id),
          true,
        )
      : undefined
    yield items.map((user) => csvRow(columns.map((column) => cellOf(user, owned?.get(user.id) ?? [], column, isWhole)))).join('')
    after = end
  } while (after)
}

function cellOf(user: User, owned: readonly Phone[], column: string, isWhole: boolean): string {
  const numberOf = (type: Phone['type']) => {
    const phone = owned.find((one) => one.type === type)
    return phone ? shownNumber(phone.number, isWhole) : ''
  }
  switch (column) {
    case 'authenticationPhone':
      return numberOf('mobile')
    case 'alternatePhone':
      return numberOf('alternateMobile')
    case 'officePhone':
      return numberOf('office')
    case 'signIn':
      return owned.some(({ type }) => type === 'mobile') ? yesOrNo(owned.some(({ isSignInName }) => isSignInName)) : ''
    default: {
      const value: unknown = Reflect.get(user, column)
      return typeof value === 'boolean' ? yesOrNo(value) : String(value ?? '')
    }
  }
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
