import type { StaffActBody, StaffPersonBody } from '#contract/graph/staff.ts'
import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { message } from '#server/locale.ts'
import { type Closed, closedAct, closedCallBack, closedNumber, closedPass, closedSmsSignIn, initialsOf, type StaffFacts } from './rules.ts'

/** Somebody as their manager sees them, with every act judged: whoever draws it decides nothing. */
export function presentPerson(manager: Caller, facts: StaffFacts, locale: Locale, now: Date): StaffPersonBody {
  const { user, mobile } = facts
  const toAct = (closed: Closed | undefined): StaffActBody => ({
    may: closed === undefined,
    because: closed ? { code: closed.code, message: message(locale, `refusals.${closed.code}`, { roles: closed.roles.join(', ') }) } : null,
  })
  return {
    id: user.id,
    displayName: user.displayName,
    initials: initialsOf(user.displayName),
    jobTitle: user.jobTitle ?? null,
    userPrincipalName: user.userPrincipalName,
    phoneNumber: mobile ? maskedNumber(mobile.number) : null,
    isSmsSignInOn: mobile?.state === 'ready',
    hasPassword: user.passwordChangedAt !== undefined,
    number: toAct(closedNumber(manager, facts, now)),
    callBack: toAct(closedCallBack(manager, facts, now)),
    smsSignIn: toAct(closedSmsSignIn(manager, facts, now)),
    password: toAct(closedAct(manager, 'password', facts, now)),
    pass: toAct(closedPass(manager, facts, now)),
  }
}
