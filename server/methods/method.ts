import type { MethodId } from '#contract/method-ids.ts'

export type MethodUse = 'sign-in' | 'second-factor' | 'password-reset'

/** What every method says about itself. How it asks and checks differs from method to method. */
export interface Method<Id extends MethodId> {
  id: Id
  uses: readonly MethodUse[]
}
