import type { SecondFactor } from './default-method.ts'

/** What somebody decided about their own methods. */
export interface MethodChoices {
  defaultMethod: SecondFactor | undefined
  /** When they said no to using their number as a user name, and did not want to be asked again. */
  offerDismissedAt: Date | undefined
}
