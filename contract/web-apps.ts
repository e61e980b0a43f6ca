/** The apps that come with the server. Everybody has them, in every organisation, under these names; nobody registers or changes them. */
export const webApps = {
  account: {
    appId: 'a40f5c1e-6b1d-8c53-8f0e-2d9c7a61b3f4',
    displayName: 'My Account',
    /** Where it lives; every address below belongs to it too. */
    path: '/account',
    /** All it may do at our API, and never more than the person who uses it. */
    scopes: ['User.Read', 'User.ReadWrite', 'UserAuthenticationMethod.ReadWrite'],
  },
  admin: {
    appId: 'ffec4730-569a-4058-a88b-e357c57bb83f',
    displayName: 'Admin center',
    path: '/admin',
    scopes: [
      'User.Read',
      'User.ReadWrite',
      'User.ReadWrite.All',
      'UserAuthenticationMethod.ReadWrite.All',
      'Group.ReadWrite.All',
      'AdministrativeUnit.ReadWrite.All',
      'RoleManagement.ReadWrite.Directory',
      'LicenseAssignment.ReadWrite.All',
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'DelegatedPermissionGrant.ReadWrite.All',
      'Policy.ReadWrite.AuthenticationMethod',
      'Organization.ReadWrite.All',
      'OrganizationalBranding.ReadWrite.All',
      'Domain.ReadWrite.All',
      'Directory.ReadWrite.All',
      'AuditLog.Read.All',
    ],
    demandsStrongProof: true,
  },
  staff: {
    appId: '041ee40d-5f54-4b0c-8602-0264a38bce3f',
    displayName: 'My Staff',
    path: '/staff',
    scopes: ['User.Read', 'User.ReadWrite', 'MyStaff.ReadWrite'],
    demandsStrongProof: true,
  },
} as const satisfies Record<string, WebApp>

export interface WebApp {
  appId: string
  displayName: string
  path: string
  scopes: readonly string[]
  /** Role power needs a session that proved two factors, so these apps ask for it at the door. */
  demandsStrongProof?: true
}

export type WebAppName = keyof typeof webApps

/** Below an app's own address: where the browser comes back to with a code, and after signing out. */
export const signedInPath = '/signed-in'
export const signedOutPath = '/signed-out'

/** What the page tells the app it carries. */
export interface WebSetting {
  app: WebAppName
  /** The id of the organisation; null where there are several and nobody said which. */
  tenant: string | null
  organisation: string
  locale: string
  /** The languages of people here. */
  languages: readonly string[]
  publicUrl: string
  /** Milliseconds. A phone whose clock is wrong would sign proofs that are too old or not yet good. */
  now: number
}
