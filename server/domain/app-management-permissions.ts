import type { PermissionRow } from './permissions.ts'

const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const
const writeDirectory = ['Directory.ReadWrite.All'] as const
const readApps = ['Application.Read.All', 'Application.ReadWrite.All', ...readDirectory] as const
const appAdministrators = ['Cloud Application Administrator', 'Application Administrator', 'Global Administrator'] as const
const roleGivers = ['Privileged Role Administrator', 'Global Administrator'] as const

/** Who may see apps and decide about them, and about what they may do in whose name. */
export const appManagementPermissions = {
  'apps.read': { scopes: readApps, who: 'members' },
  'apps.change': {
    scopes: ['Application.ReadWrite.All', ...writeDirectory],
    who: { roles: appAdministrators, reach: 'tenant' },
  },
  // Whoever may let an app do everything may also change what it proves itself with, and where it sends people.
  'apps.credentials.change': {
    scopes: ['Application.ReadWrite.All', ...writeDirectory],
    who: { roles: [...appAdministrators, 'Privileged Role Administrator'], reach: 'tenant' },
  },
  'consents.read': {
    scopes: ['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', ...readDirectory],
    who: 'members',
  },
  'consents.change': {
    peopleOnly: true,
    scopes: ['DelegatedPermissionGrant.ReadWrite.All', ...writeDirectory],
    who: { roles: [...appAdministrators, 'Privileged Role Administrator'], reach: 'tenant' },
  },
  // Whatever an app may do in its own name, it may do to everybody.
  'app-roles.change': {
    peopleOnly: true,
    scopes: ['AppRoleAssignment.ReadWrite.All'],
    who: { roles: roleGivers, reach: 'tenant' },
  },
} as const satisfies Record<string, PermissionRow>
