import { emailMethodId } from '#contract/graph/email-methods.ts'
import { shownAddress } from '#server/domain/email-address.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import type { Entry, Facts, OwnMethod } from './entry.ts'

/** An address helps somebody back in who forgot their password, and is no second factor. */
export function emailEntries({ email, emailMethod }: Facts): Entry[] {
  const method = emailMethod && methodOf(emailMethod, email.isAllowed)
  if (method) return [{ kind: 'email', method, addable: { because: 'alreadyRegistered' } }]
  return [{ kind: 'email', method, addable: email.isAllowed ? { channels: ['mail'] } : { because: 'notAllowedByOrganization' } }]
}

function methodOf({ address, createdAt, usedAt }: EmailMethod, isAllowed: boolean): OwnMethod {
  return {
    id: emailMethodId,
    kind: 'email',
    detail: shownAddress(address),
    createdAt,
    usedAt,
    uses: isAllowed ? ['password-reset'] : [],
    secondSteps: [],
    canChange: isAllowed,
    channels: isAllowed ? ['mail'] : [],
    unusableBecause: isAllowed ? undefined : 'notAllowedByOrganization',
    deletion: { kind: 'free', endsSignIn: false },
    smsSignIn: undefined,
  }
}
