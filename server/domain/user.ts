export type UserType = 'Member' | 'Guest'

/** What a person's record says beside who they are; every one may be missing. */
export const profileFields = [
  'givenName',
  'surname',
  'mail',
  'jobTitle',
  'department',
  'officeLocation',
  'employeeId',
  'companyName',
  'streetAddress',
  'postalCode',
  'city',
  'state',
  'country',
  'usageLocation',
  'preferredLanguage',
  'mobilePhone',
] as const

export type ProfileField = (typeof profileFields)[number]

export type Profile = Record<ProfileField, string | undefined>

export interface User extends Profile {
  id: string
  userPrincipalName: string
  displayName: string
  mailNickname: string
  businessPhones: readonly string[]
  otherMails: readonly string[]
  userType: UserType
  accountEnabled: boolean
  managerId: string | undefined
  passwordPolicies: string | undefined
  passwordChangedAt: Date | undefined
  mustChangePassword: boolean
  sessionsValidFrom: Date
  createdAt: Date
  deletedAt: Date | undefined
}

export interface NewPassword {
  hash: string
  mustChange: boolean
}

export interface UserChanges extends Partial<Profile> {
  userPrincipalName?: string
  displayName?: string
  mailNickname?: string
  businessPhones?: readonly string[]
  otherMails?: readonly string[]
  userType?: UserType
  accountEnabled?: boolean
  passwordPolicies?: string | undefined
  password?: NewPassword
}

export type NewUser = UserChanges & Pick<User, 'id' | 'userPrincipalName' | 'displayName' | 'mailNickname' | 'accountEnabled'>

/** Names and addresses are compared without case, in one Unicode form. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
