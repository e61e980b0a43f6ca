import type { MethodKind } from '#contract/graph/security-info.ts'
import type { SecondFactor } from '#server/domain/default-method.ts'
import type { EmailMethod } from '#server/domain/email-method.ts'
import type { MethodChoices } from '#server/domain/method-choices.ts'
import type { MethodStanding } from '#server/domain/method-policy.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'
import type { SmsSignInState } from '#server/domain/sms-sign-in-state.ts'
import type { User } from '#server/domain/user.ts'
import type { MethodUse } from '#server/methods/method.ts'
import type { Reason } from './words.ts'

export type Channel = 'sms' | 'voice' | 'mail'

/** All that is asked of the store for the page. */
export interface Facts {
  user: User
  phones: readonly PersonPhone[]
  sms: MethodStanding
  voice: MethodStanding
  /** Policy may let people be called at a mobile and not at an office. */
  isOfficeAllowed: boolean
  email: MethodStanding
  emailMethod: EmailMethod | undefined
  choices: MethodChoices
  settings: Pick<SignInSettings, 'defaultMethodDeletion' | 'textCountries' | 'callCountries'>
  now: Date
}

export interface SecondStep {
  method: SecondFactor
  kind: MethodKind
  channel: Channel
  detail: string
}

export interface Deletion {
  kind: 'free' | 'last' | 'moves' | 'refused' | 'blocked'
  movesTo?: SecondFactor | undefined
  endsSignIn: boolean
  because?: Reason
}

export interface NumberSignIn {
  state: SmsSignInState
  isOffered: boolean
  isSignInName: boolean
  canEnable: boolean
  canDisable: boolean
  canProve: boolean
  because: Reason | undefined
}

export interface OwnMethod {
  id: string
  kind: MethodKind
  detail: string | undefined
  createdAt: Date | undefined
  usedAt: Date | undefined
  uses: readonly MethodUse[]
  /** What a second step could ask with it. */
  secondSteps: readonly SecondStep[]
  canChange: boolean
  channels: readonly Channel[]
  unusableBecause: Reason | undefined
  deletion: Deletion | undefined
  smsSignIn: NumberSignIn | undefined
}

/** What one kind of method is to a person: what they have of it, and whether they may add one, by which channels or why not. */
export interface Entry {
  kind: MethodKind
  method: OwnMethod | undefined
  addable: { channels: readonly Channel[] } | { because: Reason }
}
