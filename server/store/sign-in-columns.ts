import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { signInMethods } from '#contract/sign-in-log.ts'
import type { Filter } from '#server/domain/query.ts'
import { interruptedCodes } from '#server/domain/sign-in-results.ts'
import type { Columns } from './query-sql.ts'

/** What the log can be asked. */
export const signInColumns: Columns = {
  id: { kind: 'plain', column: 'sign_ins.id' },
  createdDateTime: { kind: 'instant', column: 'sign_ins.started_at' },
  userId: { kind: 'plain', column: 'sign_ins.user_id' },
  userDisplayName: { kind: 'text', column: 'sign_ins.user_display_name', lowered: 'sign_ins.user_display_name_lowered' },
  userPrincipalName: { kind: 'text', column: 'sign_ins.user_principal_name', lowered: 'sign_ins.user_principal_name_lowered' },
  appId: { kind: 'plain', column: 'sign_ins.app_id' },
  appDisplayName: { kind: 'plain', column: 'sign_ins.app_display_name' },
  // Written in small letters already.
  ipAddress: { kind: 'text', column: 'sign_ins.address', lowered: 'sign_ins.address' },
  'status/errorCode': { kind: 'plain', column: 'sign_ins.error_code' },
  correlationId: { kind: 'plain', column: 'sign_ins.correlation_id' },
  isInteractive: { kind: 'flag', column: 'sign_ins.is_interactive' },
  signInIdentifierType: { kind: 'plain', column: 'sign_ins.identifier_type' },
  outcome: { kind: 'worked out', is: endedAs },
  authenticationDetails: { kind: 'items', matches: provenWith },
}

function endedAs(outcome: string) {
  if (outcome === 'success') return sql<SqlBool>`sign_ins.error_code = 0`
  const isInterrupted = sql<SqlBool>`sign_ins.error_code in (${sql.join(interruptedCodes.map((code) => sql.lit(code)))})`
  if (outcome === 'interrupted') return isInterrupted
  return outcome === 'failure' ? sql<SqlBool>`(sign_ins.error_code <> 0 and not ${isInterrupted})` : sql<SqlBool>`1 = 0`
}

/** The steps are text to both engines, and each names its method as `written` in store/sign-ins.ts writes it. */
function provenWith(of: Filter | undefined): RawBuilder<SqlBool> {
  switch (of?.kind) {
    case undefined:
      return sql<SqlBool>`sign_ins.steps <> ''`
    case 'or':
      return sql<SqlBool>`(${provenWith(of.left)} or ${provenWith(of.right)})`
    case 'compare':
      return hasStepWith(of.value)
    case 'in':
      return sql<SqlBool>`(${sql.join(of.values.map(hasStepWith), sql` or `)})`
    default:
      // One step has one method, so "this and that" fits none.
      return sql<SqlBool>`1 = 0`
  }
}

function hasStepWith(method: unknown): RawBuilder<SqlBool> {
  const known = signInMethods.find((each) => each.toLowerCase() === String(method).toLowerCase())
  return known ? sql<SqlBool>`sign_ins.steps like ${`%"method":"${known}"%`}` : sql<SqlBool>`1 = 0`
}
