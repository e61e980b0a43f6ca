import type { RoleName } from './role-templates.ts'

const readPeople = ['microsoft.directory/users/standard/read', 'microsoft.directory/users/manager/read'] as const
const readDirectory = [
  ...readPeople,
  'microsoft.directory/groups/standard/read',
  'microsoft.directory/groups/members/read',
  'microsoft.directory/administrativeUnits/standard/read',
  'microsoft.directory/administrativeUnits/members/read',
  'microsoft.directory/directoryRoles/standard/read',
  'microsoft.directory/directoryRoles/members/read',
  'microsoft.directory/organization/standard/read',
  'microsoft.directory/domains/standard/read',
  'microsoft.directory/subscribedSkus/standard/read',
] as const
const readLogs = ['microsoft.directory/auditLogs/allProperties/read', 'microsoft.directory/signInReports/allProperties/read'] as const
const resetPasswords = ['microsoft.directory/users/password/update', 'microsoft.directory/users/invalidateAllRefreshTokens'] as const
const changeMethods = [
  'microsoft.directory/users/authenticationMethods/create',
  'microsoft.directory/users/authenticationMethods/delete',
  'microsoft.directory/users/authenticationMethods/basic/update',
] as const
const changeSensitively = [
  'microsoft.directory/users/disable',
  'microsoft.directory/users/enable',
  'microsoft.directory/users/delete',
  'microsoft.directory/users/restore',
  'microsoft.directory/users/userPrincipalName/update',
] as const
const changePeople = ['microsoft.directory/users/basic/update', 'microsoft.directory/users/manager/update'] as const
const changeGroups = [
  'microsoft.directory/groups/create',
  'microsoft.directory/groups/delete',
  'microsoft.directory/groups/basic/update',
  'microsoft.directory/groups/members/update',
  'microsoft.directory/groups/owners/update',
] as const
const changeRoles = [
  'microsoft.directory/directoryRoles/allProperties/allTasks',
  'microsoft.directory/roleAssignments/allProperties/allTasks',
  'microsoft.directory/scopedRoleMemberships/allProperties/allTasks',
  'microsoft.directory/administrativeUnits/allProperties/allTasks',
  'microsoft.directory/groupsAssignableToRoles/allProperties/update',
] as const
const changeApps = [
  'microsoft.directory/applications/create',
  'microsoft.directory/applications/delete',
  'microsoft.directory/applications/basic/update',
  'microsoft.directory/applications/credentials/update',
  'microsoft.directory/servicePrincipals/create',
  'microsoft.directory/servicePrincipals/delete',
  'microsoft.directory/servicePrincipals/enable',
  'microsoft.directory/servicePrincipals/disable',
  'microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks',
] as const
const assignLicences = ['microsoft.directory/users/assignLicense', 'microsoft.directory/groups/assignLicense'] as const

/** What a role may do, in Microsoft's names for it: what `rolePermissions` shows, never what decides. */
export const actionsOfRole: Readonly<Record<RoleName, readonly string[]>> = {
  'Application Administrator': changeApps,
  'Authentication Administrator': [
    'microsoft.directory/users/authenticationMethods/standard/restrictedRead',
    ...changeMethods,
    ...resetPasswords,
    ...changeSensitively,
  ],
  'Authentication Policy Administrator': [
    'microsoft.directory/organization/strongAuthentication/allTasks',
    'microsoft.directory/userCredentialPolicies/allProperties/allTasks',
  ],
  'Cloud Application Administrator': changeApps,
  'Conditional Access Administrator': [
    'microsoft.directory/conditionalAccessPolicies/allProperties/allTasks',
    'microsoft.directory/namedLocations/allProperties/allTasks',
  ],
  'Directory Readers': readDirectory,
  'Global Administrator': [
    'microsoft.directory/users/authenticationMethods/standard/read',
    'microsoft.directory/users/allProperties/allTasks',
    'microsoft.directory/groups/allProperties/allTasks',
    'microsoft.directory/organization/allProperties/allTasks',
    'microsoft.directory/domains/allProperties/allTasks',
    'microsoft.directory/applications/allProperties/allTasks',
    'microsoft.directory/userCredentialPolicies/allProperties/allTasks',
    ...changeMethods,
    ...changeRoles,
    ...readLogs,
  ],
  'Global Reader': [
    ...readDirectory,
    ...readLogs,
    'microsoft.directory/users/authenticationMethods/standard/restrictedRead',
    'microsoft.directory/userCredentialPolicies/standard/read',
  ],
  'Groups Administrator': changeGroups,
  'Guest Inviter': [...readPeople, 'microsoft.directory/users/inviteGuest'],
  'Helpdesk Administrator': resetPasswords,
  'License Administrator': [...assignLicences, 'microsoft.directory/users/usageLocation/update'],
  'Message Center Reader': ['microsoft.office365.messageCenter/messages/read'],
  'Password Administrator': resetPasswords,
  'Privileged Authentication Administrator': [
    'microsoft.directory/users/authenticationMethods/standard/read',
    ...changeMethods,
    ...resetPasswords,
    ...changeSensitively,
  ],
  'Privileged Role Administrator': changeRoles,
  'Reports Reader': [...readLogs, 'microsoft.office365.usageReports/allEntities/allProperties/read'],
  'Security Administrator': [...readLogs, 'microsoft.directory/identityProtection/allProperties/update'],
  'Security Operator': [...readLogs, 'microsoft.directory/identityProtection/allProperties/allTasks'],
  'Security Reader': [...readLogs, 'microsoft.directory/identityProtection/allProperties/read'],
  'Usage Summary Reports Reader': ['microsoft.office365.usageReports/allEntities/standard/read'],
  'User Administrator': [
    'microsoft.directory/users/create',
    ...changePeople,
    ...changeSensitively,
    ...resetPasswords,
    ...changeGroups,
    ...assignLicences,
  ],
  'User Experience Success Manager': ['microsoft.office365.usageReports/allEntities/standard/read'],
}
