import type { RoleName } from '#contract/graph/role-templates.ts'
import { hasStrongProof } from './administer.ts'
import { appManagementPermissions } from './app-management-permissions.ts'
import type { Caller } from './caller.ts'
import { holdsTenantWide, roleName } from './roles.ts'
import { setupPermissions } from './setup-permissions.ts'

/**
 * Who may use a door: the app needs one of the scopes, the person one of the roles. `reach: 'target'` means that a role held
 * only over a unit opens the door too, and the use case asks how far it reaches.
 */
export interface PermissionRow {
  scopes: readonly string[]
  /** An app in its own name is refused, whatever permissions it has. */
  peopleOnly?: true
  who: 'anyone signed in' | 'members' | { roles: readonly RoleName[]; reach: 'tenant' | 'target' }
}

const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const
const writeDirectory = ['Directory.ReadWrite.All'] as const
const readUsers = ['User.Read.All', 'User.ReadWrite.All', ...readDirectory] as const
const writeUsers = ['User.ReadWrite.All', ...writeDirectory] as const
const readGroups = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All', ...readDirectory] as const
const readRoles = ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', ...readDirectory] as const
const userAdministrators = ['User Administrator', 'Global Administrator'] as const
const groupAdministrators = ['Groups Administrator', 'User Administrator', 'Global Administrator'] as const
const policyAdministrators = ['Authentication Policy Administrator', 'Security Administrator', 'Global Administrator'] as const
const methodDeciders = ['Authentication Policy Administrator', 'Global Administrator'] as const
const roleGivers = ['Privileged Role Administrator', 'Global Administrator'] as const

const readMethods = ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'] as const
const readPhones = ['UserAuthMethod-Phone.Read.All', 'UserAuthMethod-Phone.ReadWrite.All', ...readMethods] as const
const writePhones = ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'] as const
const readOwnMethods = ['UserAuthenticationMethod.Read', 'UserAuthenticationMethod.ReadWrite'] as const
const methodAdministrators = ['Authentication Administrator', 'Privileged Authentication Administrator', 'Global Administrator'] as const
const logReaders = [
  'Reports Reader',
  'Security Reader',
  'Security Operator',
  'Security Administrator',
  'Global Reader',
  'Global Administrator',
] as const
const passwordAdministrators = [
  'Password Administrator',
  'Helpdesk Administrator',
  'Authentication Administrator',
  'User Administrator',
  'Privileged Authentication Administrator',
  'Global Administrator',
] as const

export const permissions = {
  'me.read': { scopes: ['User.Read', 'User.ReadWrite', ...readUsers], who: 'anyone signed in' },
  'me.change': { scopes: ['User.ReadWrite', ...writeUsers], who: 'anyone signed in' },
  'me.end-sessions': { scopes: ['User.ReadWrite', 'User.RevokeSessions.All', ...writeUsers], who: 'anyone signed in' },
  // Where somebody is and when is nobody's business but theirs, so an app that merely reads who they are is not told.
  'me.sessions.read': { scopes: ['User.ReadWrite', 'User.RevokeSessions.All'], who: 'anyone signed in' },
  'me.sign-ins.read': { scopes: ['User.ReadWrite', 'AuditLog.Read.All'], who: 'anyone signed in' },
  'users.read': { scopes: ['User.ReadBasic.All', ...readUsers], who: 'members' },
  // Beyond what it takes to recognise somebody.
  'users.read-all': { scopes: readUsers, who: 'members' },
  'users.add': { scopes: writeUsers, who: { roles: userAdministrators, reach: 'tenant' } },
  // A file of everybody leaves the house, so it takes more than looking people up one by one.
  'users.export': {
    scopes: readUsers,
    who: {
      roles: [
        'Global Reader',
        'Authentication Administrator',
        'User Administrator',
        'Privileged Authentication Administrator',
        'Global Administrator',
      ],
      reach: 'tenant',
    },
  },
  // What a file brings in beside people, their numbers and groups, asks for those permissions too.
  'imports.add': { scopes: writeUsers, who: { roles: userAdministrators, reach: 'tenant' } },
  'users.change': {
    scopes: writeUsers,
    who: { roles: passwordAdministrators, reach: 'target' },
  },
  'users.remove': {
    scopes: ['User.DeleteRestore.All', ...writeUsers],
    who: {
      roles: ['Authentication Administrator', 'User Administrator', 'Privileged Authentication Administrator', 'Global Administrator'],
      reach: 'target',
    },
  },
  'users.erase': { scopes: ['User.DeleteRestore.All', ...writeUsers], who: { roles: userAdministrators, reach: 'target' } },
  'users.end-sessions': {
    scopes: ['User.RevokeSessions.All', ...writeUsers],
    who: { roles: passwordAdministrators, reach: 'target' },
  },
  'groups.read': { scopes: readGroups, who: 'members' },
  'groups.change': { scopes: ['Group.ReadWrite.All', ...writeDirectory], who: 'members' },
  'groups.members.change': { scopes: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', ...writeDirectory], who: 'members' },
  // Who may give roles makes the groups that hold them, and no others: the use case sees to that.
  'groups.add': {
    scopes: ['Group.ReadWrite.All', ...writeDirectory],
    who: { roles: [...groupAdministrators, 'Privileged Role Administrator'], reach: 'tenant' },
  },
  'memberships.read': { scopes: [...readGroups, 'User.Read.All', 'User.ReadWrite.All'], who: 'members' },
  'objects.read': { scopes: readDirectory, who: 'members' },
  'roles.read': { scopes: readRoles, who: 'members' },
  'roles.change': { peopleOnly: true, scopes: ['RoleManagement.ReadWrite.Directory'], who: { roles: roleGivers, reach: 'tenant' } },
  'units.read': { scopes: ['AdministrativeUnit.Read.All', 'AdministrativeUnit.ReadWrite.All', ...readDirectory], who: 'members' },
  'units.change': {
    scopes: ['AdministrativeUnit.ReadWrite.All', ...writeDirectory],
    who: { roles: roleGivers, reach: 'tenant' },
  },
  'licences.read': {
    scopes: ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All', 'Organization.Read.All', ...readDirectory],
    who: 'members',
  },
  'users.licences.read': { scopes: ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All', ...readUsers], who: 'members' },
  'licences.assign': {
    scopes: ['LicenseAssignment.ReadWrite.All', ...writeUsers],
    who: { roles: ['License Administrator', 'User Administrator', 'Global Administrator'], reach: 'target' },
  },
  'organization.read': {
    scopes: ['User.Read', 'User.ReadWrite', 'Organization.Read.All', 'Organization.ReadWrite.All', ...readDirectory],
    who: 'anyone signed in',
  },
  'organization.change': {
    scopes: ['Organization.ReadWrite.All', ...writeDirectory],
    who: { roles: ['Global Administrator'], reach: 'tenant' },
  },
  'branding.change': {
    scopes: ['OrganizationalBranding.ReadWrite.All', 'Organization.ReadWrite.All'],
    who: { roles: ['Global Administrator'], reach: 'tenant' },
  },
  ...setupPermissions,
  'sign-in-settings.read': {
    scopes: ['Policy.Read.AuthenticationMethod', 'Policy.Read.All', 'Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: ['Global Reader', ...policyAdministrators], reach: 'tenant' },
  },
  'sign-in-settings.change': {
    scopes: ['Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: policyAdministrators, reach: 'tenant' },
  },
  'methods-policy.read': {
    scopes: ['Policy.Read.AuthenticationMethod', 'Policy.Read.All', 'Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: ['Global Reader', ...methodDeciders], reach: 'tenant' },
  },
  'methods-policy.change': {
    scopes: ['Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: methodDeciders, reach: 'tenant' },
  },
  'phones.read': { scopes: readPhones, who: { roles: ['Global Reader', ...methodAdministrators], reach: 'target' } },
  'phones.read-own': {
    scopes: ['UserAuthMethod-Phone.Read', 'UserAuthMethod-Phone.ReadWrite', ...readOwnMethods, ...readPhones],
    who: 'anyone signed in',
  },
  'phones.change': { scopes: writePhones, who: { roles: methodAdministrators, reach: 'target' } },
  'phones.change-own': {
    scopes: ['UserAuthMethod-Phone.ReadWrite', 'UserAuthenticationMethod.ReadWrite', ...writePhones],
    who: 'anyone signed in',
  },
  'methods.read': { scopes: readMethods, who: { roles: ['Global Reader', ...methodAdministrators], reach: 'target' } },
  'methods.read-own': { scopes: [...readOwnMethods, ...readMethods], who: 'anyone signed in' },
  'methods.change': {
    scopes: ['UserAuthenticationMethod.ReadWrite.All'],
    who: { roles: methodAdministrators, reach: 'target' },
  },
  'methods.change-own': {
    scopes: ['UserAuthenticationMethod.ReadWrite', 'UserAuthenticationMethod.ReadWrite.All'],
    who: 'anyone signed in',
  },
  'password.change-own': {
    scopes: ['UserAuthenticationMethod.ReadWrite', 'Directory.AccessAsUser.All', 'UserAuthenticationMethod.ReadWrite.All'],
    who: 'anyone signed in',
  },
  'password.reset': {
    peopleOnly: true,
    scopes: ['UserAuthenticationMethod.ReadWrite.All'],
    who: { roles: methodAdministrators, reach: 'target' },
  },
  // Who holds one of these only over a unit looks after the people there; the use cases see how far it reaches.
  'staff.use': { peopleOnly: true, scopes: ['MyStaff.ReadWrite'], who: { roles: passwordAdministrators, reach: 'target' } },
  'staff.numbers': { peopleOnly: true, scopes: ['MyStaff.ReadWrite'], who: { roles: methodAdministrators, reach: 'target' } },
  'staff-settings.read': {
    scopes: ['Policy.Read.AuthenticationMethod', 'Policy.Read.All', 'Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: ['Global Reader', ...methodDeciders], reach: 'tenant' },
  },
  'staff-settings.change': {
    scopes: ['Policy.ReadWrite.AuthenticationMethod'],
    who: { roles: methodDeciders, reach: 'tenant' },
  },
  'sign-in-waits.end': { scopes: ['UserAuthenticationMethod.ReadWrite.All'], who: { roles: methodAdministrators, reach: 'target' } },
  'domains.read': { scopes: ['Domain.Read.All', 'Domain.ReadWrite.All', ...readDirectory], who: 'members' },
  'domains.change': { scopes: ['Domain.ReadWrite.All', ...writeDirectory], who: { roles: ['Global Administrator'], reach: 'tenant' } },
  ...appManagementPermissions,
  'audit.read': {
    scopes: ['AuditLog.Read.All'],
    who: { roles: logReaders, reach: 'tenant' },
  },
  'method-reports.read': {
    scopes: ['AuditLog.Read.All'],
    who: { roles: logReaders, reach: 'tenant' },
  },
  'phones.look-up': { scopes: readPhones, who: { roles: ['Global Reader', ...methodAdministrators], reach: 'tenant' } },
  'sign-ins.read': {
    scopes: ['AuditLog.Read.All'],
    who: { roles: logReaders, reach: 'tenant' },
  },
  // What is revealed is somebody's number, or what they typed by mistake.
  'sign-ins.reveal': {
    peopleOnly: true,
    scopes: ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'],
    who: {
      roles: ['Authentication Administrator', 'Security Administrator', 'Privileged Authentication Administrator', 'Global Administrator'],
      reach: 'tenant',
    },
  },
} as const satisfies Record<string, PermissionRow>

export type PermissionName = keyof typeof permissions

export interface Missing {
  because: 'scope_missing' | 'role_missing' | 'stronger_sign_in_needed' | 'people_only'
  scopes: readonly string[]
  roles: readonly RoleName[]
}

/** Every scope that opens something. */
export const everyScope: readonly string[] = [...new Set(Object.values<PermissionRow>(permissions).flatMap(({ scopes }) => scopes))]

/** The permissions an app can have in its own name: those that open a door beyond what is about oneself. */
export const everyAppRole: readonly string[] = [
  ...new Set(
    Object.values<PermissionRow>(permissions).flatMap(({ scopes, who, peopleOnly }) =>
      who === 'anyone signed in' || peopleOnly ? [] : scopes,
    ),
  ),
]

const scopesForRoles = new Set(
  Object.values<PermissionRow>(permissions).flatMap(({ scopes, who }) => (typeof who === 'string' ? [] : scopes)),
)

/** In the hands of an administrator this scope does what only roles may do, so an app that has it can borrow their power. */
export function isMightyScope(scope: string): boolean {
  return scopesForRoles.has(scope)
}

/** Doors that no app opens in its own name. */
export function isForPeopleOnly(name: PermissionName): boolean {
  const { peopleOnly }: PermissionRow = permissions[name]
  return peopleOnly === true
}

/** What keeps this caller out of a door; undefined when nothing does. */
export function missingFor(caller: Caller, name: PermissionName, now: Date): Missing | undefined {
  const { scopes, who }: PermissionRow = permissions[name]
  const roles = typeof who === 'string' ? [] : who.roles
  if (!scopes.some((scope) => caller.scopes.has(scope))) return { because: 'scope_missing', scopes, roles }
  if (caller.isApp) return isForPeopleOnly(name) ? { because: 'people_only', scopes, roles } : undefined
  if (who === 'anyone signed in') return undefined
  if (who === 'members')
    return caller.userType === 'Member' || caller.roles.length > 0
      ? undefined
      : { because: 'role_missing', scopes, roles: ['Directory Readers'] }
  if (!holdsOneOf(caller, who.roles, who.reach)) return { because: 'role_missing', scopes, roles }
  return hasStrongProof(caller, now) ? undefined : { because: 'stronger_sign_in_needed', scopes, roles }
}

/**
 * Every scope this person could make use of, for a tool that signs in as them. The first scope of a row is its least one;
 * what everybody may do needs no mightier one to be handed out.
 */
export function scopesFor(person: Pick<Caller, 'roles' | 'userType'>): string[] {
  const useful = Object.values<PermissionRow>(permissions).flatMap(({ scopes, who }) => {
    if (who === 'anyone signed in') return scopes.slice(0, 1)
    if (who === 'members') return person.userType === 'Member' || person.roles.length > 0 ? scopes.slice(0, 1) : []
    return holdsOneOf(person, who.roles, who.reach) ? scopes : []
  })
  return [...new Set(useful)].sort()
}

function holdsOneOf(person: Pick<Caller, 'roles'>, names: readonly RoleName[], reach: 'tenant' | 'target'): boolean {
  if (holdsTenantWide(person.roles, names)) return true
  return reach === 'target' && person.roles.some(({ roleId }) => names.includes(roleName(roleId) ?? 'Directory Readers'))
}
