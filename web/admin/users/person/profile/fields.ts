import type { MessageKey } from '../../../../kit/words/message.ts'

export type ProfileField =
  | 'displayName'
  | 'userPrincipalName'
  | 'givenName'
  | 'surname'
  | 'jobTitle'
  | 'department'
  | 'companyName'
  | 'officeLocation'
  | 'employeeId'
  | 'mail'
  | 'mobilePhone'
  | 'streetAddress'
  | 'postalCode'
  | 'city'
  | 'state'
  | 'country'
  | 'usageLocation'
  | 'preferredLanguage'

interface Field {
  name: ProfileField
  label: MessageKey
  hint?: MessageKey
  isRequired?: true
  isLtr?: true
}

/** What stands on the page, in its order. */
export const fieldGroups: readonly { title: MessageKey; fields: readonly Field[] }[] = [
  {
    title: 'web.admin.users.person.profile.identity',
    fields: [
      { name: 'displayName', label: 'web.admin.users.person.field.displayName', isRequired: true },
      { name: 'userPrincipalName', label: 'web.admin.users.person.field.userPrincipalName', isRequired: true, isLtr: true },
      { name: 'givenName', label: 'web.admin.users.person.field.givenName' },
      { name: 'surname', label: 'web.admin.users.person.field.surname' },
    ],
  },
  {
    title: 'web.admin.users.person.profile.job',
    fields: [
      { name: 'jobTitle', label: 'web.admin.users.person.field.jobTitle' },
      { name: 'department', label: 'web.admin.users.person.field.department' },
      { name: 'companyName', label: 'web.admin.users.person.field.companyName' },
      { name: 'officeLocation', label: 'web.admin.users.person.field.officeLocation' },
      { name: 'employeeId', label: 'web.admin.users.person.field.employeeId', isLtr: true },
    ],
  },
  {
    title: 'web.admin.users.person.profile.contact',
    fields: [
      { name: 'mail', label: 'web.admin.users.person.field.mail', isLtr: true },
      {
        name: 'mobilePhone',
        label: 'web.admin.users.person.field.mobilePhone',
        hint: 'web.admin.users.person.field.mobilePhone-hint',
        isLtr: true,
      },
      { name: 'streetAddress', label: 'web.admin.users.person.field.streetAddress' },
      { name: 'postalCode', label: 'web.admin.users.person.field.postalCode', isLtr: true },
      { name: 'city', label: 'web.admin.users.person.field.city' },
      { name: 'state', label: 'web.admin.users.person.field.state' },
      { name: 'country', label: 'web.admin.users.person.field.country' },
    ],
  },
  {
    title: 'web.admin.users.person.profile.settings',
    fields: [
      {
        name: 'usageLocation',
        label: 'web.admin.users.person.field.usageLocation',
        hint: 'web.admin.users.person.field.usageLocation-hint',
        isLtr: true,
      },
      {
        name: 'preferredLanguage',
        label: 'web.admin.users.person.field.preferredLanguage',
        hint: 'web.admin.users.person.field.preferredLanguage-hint',
        isLtr: true,
      },
    ],
  },
]
