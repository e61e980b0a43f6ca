import type { AuditEvent } from '#server/domain/audit-event.ts'
import type { CallBackQuestion } from '#server/domain/call-back.ts'
import { maskedForLog } from '#server/domain/phone-number.ts'
import type { User } from '#server/domain/user.ts'

const activities = {
  started: 'Call-back check started',
  agreed: 'Call-back check passed',
  refused: 'Call-back check refused',
  failed: 'Call-back check failed',
} as const

/** That somebody was asked about their number, and what they said. */
export function callBackEvent(
  act: keyof typeof activities,
  { id, displayName, userPrincipalName }: User,
  { change, oldNumber, newNumber }: CallBackQuestion,
): AuditEvent {
  return {
    activity: activities[act],
    category: 'UserManagement',
    operation: 'Other',
    targets: [{ id, kind: 'User', displayName, userPrincipalName }],
    details: { Change: change, AskedAt: maskedForLog(oldNumber), ...(newNumber && { NewNumber: maskedForLog(newNumber) }) },
  }
}
