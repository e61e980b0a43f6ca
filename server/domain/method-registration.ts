import type { includedUserRoles, includedUserTypes } from '#contract/graph/method-reports.ts'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { SecondFactor } from './default-method.ts'
import type { MethodPolicy } from './method-policy.ts'
import type { PhoneNumber } from './phone-number.ts'
import type { UserType } from './user.ts'

/** What somebody has to prove themselves with, whether policy lets them use it, and what they may do. */
export interface Registration {
  id: string
  userPrincipalName: string
  displayName: string
  userType: UserType
  isAdmin: boolean
  hasPassword: boolean
  hasMobile: boolean
  hasAlternateMobile: boolean
  hasOffice: boolean
  hasEmail: boolean
  /** One whose time is not over. */
  hasPass: boolean
  mayBeTexted: boolean
  mayBeCalled: boolean
  chosen: SecondFactor | undefined
}

/** Which methods' policies a report asks, and what a missing licence means for texts. */
export interface ReportPolicies {
  sms: MethodPolicy
  voice: MethodPolicy
  enforcesLicences: boolean
  /** When it is asked. */
  at: Date
}

export interface Included {
  types: (typeof includedUserTypes)[number]
  roles: (typeof includedUserRoles)[number]
}

export interface RegistrationCounts {
  people: number
  password: number
  mobile: number
  alternateMobile: number
  office: number
  email: number
  pass: number
  ssprRegistered: number
  mfaCapable: number
}

/** Whom Graph counts as privileged in its reports. */
export const privilegedAdministrators: readonly RoleName[] = [
  'Global Administrator',
  'Security Administrator',
  'Conditional Access Administrator',
  'Helpdesk Administrator',
  'User Administrator',
  'Authentication Administrator',
]

export interface TextDependent {
  id: string
  userPrincipalName: string
  displayName: string
  department: string | undefined
  preferredLanguage: string | undefined
  number: PhoneNumber | undefined
  /** Without texts nothing is left to sign in with. */
  isOnlyWayIn: boolean
  /** They have a password, and nothing but texts and calls behind it. */
  isOnlySecondFactor: boolean
}
