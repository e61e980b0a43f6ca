import type { NoticeLinks } from '#server/domain/notice-links.ts'
import { ActivatedRoles } from './activated-roles.ts'
import { AdministrativeUnits } from './administrative-units.ts'
import { AppConsents } from './app-consents.ts'
import { Apps } from './apps.ts'
import { AuditEvents } from './audit-events.ts'
import type { AuditKeys } from './audit-proof.ts'
import { Authority } from './authority.ts'
import { BootstrapLinks } from './bootstrap-links.ts'
import { Brandings } from './branding.ts'
import { CallBacks } from './call-backs.ts'
import { Calls } from './calls.ts'
import { Challenges } from './challenges.ts'
import { ChecklistSteps } from './checklist-steps.ts'
import type { Connection } from './connection.ts'
import { EmailMethods } from './email-methods.ts'
import { GatewayHealthStore } from './gateway-health.ts'
import { GroupMembers } from './group-members.ts'
import { Groups } from './groups.ts'
import { Imports } from './imports.ts'
import { KnownBrowsers } from './known-browsers.ts'
import { Licences } from './licences.ts'
import { Memberships } from './memberships.ts'
import { MessageCounts } from './message-counts.ts'
import { MethodChoiceStore } from './method-choices.ts'
import { MethodPauses } from './method-pauses.ts'
import { MethodPolicies } from './method-policies.ts'
import { MethodPolicySettings } from './method-policy-settings.ts'
import { MethodReports } from './method-reports.ts'
import { Notices } from './notices.ts'
import type { NumbersAnywhere } from './numbers-anywhere.ts'
import { OidcRecords } from './oidc-records.ts'
import { Outbox } from './outbox.ts'
import { OwnGatewayStore } from './own-gateways.ts'
import { Passes } from './passes.ts'
import { PasswordTries } from './password-tries.ts'
import { PersonPasswords } from './person-passwords.ts'
import { Phones } from './phones.ts'
import { PolicyReach } from './policy-reach.ts'
import { RegisteredCountries } from './registered-countries.ts'
import { RegistrationSnoozes } from './registration-snoozes.ts'
import { Reregistrations } from './reregistrations.ts'
import { RoleAssignments } from './role-assignments.ts'
import { ServicePrincipals } from './service-principals.ts'
import { Sessions } from './sessions.ts'
import { SignInSettingsStore } from './sign-in-settings.ts'
import { SignIns } from './sign-ins.ts'
import { SigningKeys } from './signing-keys.ts'
import { StaffSettingsStore } from './staff-settings.ts'
import { Tallies } from './tallies.ts'
import { Domains, OrganizationProfile } from './tenants.ts'
import { Users } from './users.ts'
import type { Vault } from './vault.ts'

/** What use cases read and write, already bound to one tenant. */
export interface Stores {
  users: Users
  authority: Authority
  roles: RoleAssignments
  activatedRoles: ActivatedRoles
  groups: Groups
  groupMembers: GroupMembers
  units: AdministrativeUnits
  memberships: Memberships
  licences: Licences
  domains: Domains
  organizations: OrganizationProfile
  bootstrapLinks: BootstrapLinks
  phones: Phones
  emailMethods: EmailMethods
  registeredCountries: RegisteredCountries
  methodPolicies: MethodPolicies
  methodPolicySettings: MethodPolicySettings
  policyReach: PolicyReach
  methodChoices: MethodChoiceStore
  registrationSnoozes: RegistrationSnoozes
  reregistrations: Reregistrations
  settings: SignInSettingsStore
  brandings: Brandings
  ownGateways: OwnGatewayStore
  gatewayHealth: GatewayHealthStore
  messageCounts: MessageCounts
  checklistSteps: ChecklistSteps
  challenges: Challenges
  outbox: Outbox
  notices: Notices
  calls: Calls
  methodPauses: MethodPauses
  knownBrowsers: KnownBrowsers
  passwordTries: PasswordTries
  personPasswords: PersonPasswords
  passes: Passes
  oidcRecords: OidcRecords
  sessions: Sessions
  signingKeys: SigningKeys
  apps: Apps
  servicePrincipals: ServicePrincipals
  appConsents: AppConsents
  signIns: SignIns
  imports: Imports
  staffSettings: StaffSettingsStore
  callBacks: CallBacks
  methodReports: MethodReports
  tallies: Tallies
  audit: AuditEvents
}

/** Whose stores they are, and the keys some of them write with. */
interface BoundTo {
  tenantId: string
  vault: Vault
  numbersAnywhere: NumbersAnywhere
  eventKey: AuditKeys['event']
  nodeId: string
  publicUrl: string
  noticeLinks: NoticeLinks
}

export function storesOf(
  connection: Connection,
  { tenantId, vault, numbersAnywhere, eventKey, nodeId, publicUrl, noticeLinks }: BoundTo,
): Stores {
  return {
    users: new Users(connection, tenantId, vault),
    authority: new Authority(connection, tenantId),
    roles: new RoleAssignments(connection, tenantId),
    activatedRoles: new ActivatedRoles(connection, tenantId),
    groups: new Groups(connection, tenantId),
    groupMembers: new GroupMembers(connection, tenantId),
    units: new AdministrativeUnits(connection, tenantId),
    memberships: new Memberships(connection, tenantId),
    licences: new Licences(connection, tenantId),
    domains: new Domains(connection, tenantId),
    organizations: new OrganizationProfile(connection, tenantId),
    bootstrapLinks: new BootstrapLinks(connection, tenantId),
    phones: new Phones(connection, tenantId, vault, numbersAnywhere),
    emailMethods: new EmailMethods(connection, tenantId, vault),
    registeredCountries: new RegisteredCountries(connection, tenantId),
    methodPolicies: new MethodPolicies(connection, tenantId),
    methodPolicySettings: new MethodPolicySettings(connection, tenantId),
    policyReach: new PolicyReach(connection, tenantId),
    methodChoices: new MethodChoiceStore(connection, tenantId),
    registrationSnoozes: new RegistrationSnoozes(connection, tenantId),
    reregistrations: new Reregistrations(connection, tenantId),
    settings: new SignInSettingsStore(connection, tenantId),
    brandings: new Brandings(connection, tenantId),
    ownGateways: new OwnGatewayStore(connection, tenantId, vault),
    gatewayHealth: new GatewayHealthStore(connection, tenantId),
    messageCounts: new MessageCounts(connection, tenantId),
    checklistSteps: new ChecklistSteps(connection, tenantId),
    challenges: new Challenges(connection, tenantId, vault),
    notices: new Notices(connection, tenantId, vault, noticeLinks),
    outbox: new Outbox(connection, tenantId),
    calls: new Calls(connection, tenantId, vault),
    methodPauses: new MethodPauses(connection, tenantId),
    knownBrowsers: new KnownBrowsers(connection, tenantId),
    passwordTries: new PasswordTries(connection, tenantId, vault),
    personPasswords: new PersonPasswords(connection, tenantId),
    passes: new Passes(connection, tenantId, vault),
    oidcRecords: new OidcRecords(connection, tenantId, vault),
    sessions: new Sessions(connection, tenantId, vault),
    signingKeys: new SigningKeys(connection, tenantId, vault),
    apps: new Apps(connection, tenantId, publicUrl),
    servicePrincipals: new ServicePrincipals(connection, tenantId),
    appConsents: new AppConsents(connection, tenantId),
    signIns: new SignIns(connection, tenantId, vault),
    staffSettings: new StaffSettingsStore(connection, tenantId),
    callBacks: new CallBacks(connection, tenantId, vault, noticeLinks),
    imports: new Imports(connection, tenantId, vault),
    methodReports: new MethodReports(connection, tenantId, vault),
    tallies: new Tallies(connection, tenantId),
    audit: new AuditEvents(connection, tenantId, eventKey, nodeId),
  }
}
