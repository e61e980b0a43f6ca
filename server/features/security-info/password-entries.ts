import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import type { Entry, Facts } from './entry.ts'

/** Who has none may set one beside what they sign in with, and who has one changes it by saying it. */
export function passwordEntries({ user: { passwordChangedAt } }: Facts): Entry[] {
  if (!passwordChangedAt) return [{ kind: 'password', method: undefined, addable: { channels: [] } }]
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
        canChange: true,
        channels: [],
        unusableBecause: undefined,
        deletion: undefined,
        smsSignIn: undefined,
      },
    },
  ]
}
