import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import type { Entry, Facts } from './entry.ts'

/** Who has none gets one from an administrator. */
export function passwordEntries({ user: { passwordChangedAt } }: Facts): Entry[] {
  if (!passwordChangedAt) return [{ kind: 'password', method: undefined, addable: { because: 'notAllowedByOrganization' } }]
  return [
    {
      kind: 'password',
      addable: { because: 'alreadyRegistered' },
      method: {
        id: passwordMethodId,
        kind: 'password',
        detail: undefined,
        createdAt: passwordChangedAt,
        usedAt: undefined,
        uses: ['sign-in'],
        secondSteps: [],
        canChange: false,
        channels: [],
        unusableBecause: undefined,
        deletion: undefined,
        smsSignIn: undefined,
      },
    },
  ]
}
