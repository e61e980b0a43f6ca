import type { PermissionRow } from './permissions.ts'

/** Who may see and decide by what an organisation's messages leave, what that costs, and how far it is with setting up. */
export const setupPermissions = {
  // Whoever decides where codes go can read them: nobody below those who may everything.
  'gateways.read': {
    scopes: ['Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    who: { roles: ['Global Reader', 'Global Administrator'], reach: 'tenant' },
  },
  'gateways.change': {
    peopleOnly: true,
    scopes: ['Organization.ReadWrite.All', 'Directory.ReadWrite.All'],
    who: { roles: ['Global Administrator'], reach: 'tenant' },
  },
  'spending.read': {
    scopes: ['Policy.Read.AuthenticationMethod', 'Policy.Read.All', 'Policy.ReadWrite.AuthenticationMethod', 'AuditLog.Read.All'],
    who: {
      roles: ['Reports Reader', 'Global Reader', 'Authentication Policy Administrator', 'Security Administrator', 'Global Administrator'],
      reach: 'tenant',
    },
  },
  'checklist.read': {
    scopes: ['Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    who: { roles: ['Global Reader', 'Global Administrator'], reach: 'tenant' },
  },
  'checklist.change': {
    scopes: ['Organization.ReadWrite.All', 'Directory.ReadWrite.All'],
    who: { roles: ['Global Administrator'], reach: 'tenant' },
  },
} as const satisfies Record<string, PermissionRow>
