import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { message } from '../../../kit/words/message.ts'

/** What became of a number: whether it is a way to sign in is what the manager has to tell. */
export function numberToast({ displayName: name, phoneNumber, isSmsSignInOn }: StaffPersonBody): string {
  if (!phoneNumber) return message('web.staff.number.removed', { name })
  return message(isSmsSignInOn ? 'web.staff.number.saved-sign-in' : 'web.staff.number.saved', { name })
}
