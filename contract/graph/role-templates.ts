interface RoleTemplate {
  /** Microsoft's template id: the same in every tenant, so scripts written for Entra name the role they mean. */
  id: string
  displayName: string
  description: string
  /** Microsoft's own mark for roles that lead to more power when they fall into wrong hands. */
  isPrivileged: boolean
  /** Whether the role may be given over the members of one administrative unit. */
  assignableAtUnit: boolean
}

/** The built-in directory roles, in the order of the alphabet. */
export const roleTemplates = [
  {
    id: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    displayName: 'Application Administrator',
    description: 'Registers apps, changes them and lets them in.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    displayName: 'Authentication Administrator',
    description: 'Sees and changes how people without an important role prove who they are, and resets their passwords.',
    isPrivileged: true,
    assignableAtUnit: true,
  },
  {
    id: '0526716b-113d-4c15-b2c8-68e3c22b9f80',
    displayName: 'Authentication Policy Administrator',
    description: 'Decides which sign-in methods the organisation allows and how strong passwords must be.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: '158c047a-c907-4556-b7ef-446551a6b5f7',
    displayName: 'Cloud Application Administrator',
    description: 'Manages apps, as an Application Administrator does; in Entra all but those on premises.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    displayName: 'Conditional Access Administrator',
    description: 'Decides when a sign-in needs more proof.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    displayName: 'Directory Readers',
    description: 'Reads the basic facts of people, groups and apps.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
    description: 'May do everything in the organisation.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    displayName: 'Global Reader',
    description: 'Reads what a Global Administrator reads and changes nothing.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    displayName: 'Groups Administrator',
    description: 'Makes groups and changes who belongs to them, except groups that may hold roles.',
    isPrivileged: false,
    assignableAtUnit: true,
  },
  {
    id: '95e79109-95c0-4d8e-aee3-d01accf2d47b',
    displayName: 'Guest Inviter',
    description: 'Invites guests, also where members may not.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    displayName: 'Helpdesk Administrator',
    description: 'Resets passwords and ends sessions of people without an important role and of other Helpdesk Administrators.',
    isPrivileged: true,
    assignableAtUnit: true,
  },
  {
    id: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
    displayName: 'License Administrator',
    description: 'Gives licences to people and groups and takes them back.',
    isPrivileged: false,
    assignableAtUnit: true,
  },
  {
    id: '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
    displayName: 'Message Center Reader',
    description: 'Reads the announcements made to administrators.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: '966707d0-3269-4727-9be2-8c3a10f19b9d',
    displayName: 'Password Administrator',
    description: 'Resets passwords of people without a role and of other Password Administrators.',
    isPrivileged: true,
    assignableAtUnit: true,
  },
  {
    id: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    displayName: 'Privileged Authentication Administrator',
    description: 'Sees and changes how anyone proves who they are, administrators included.',
    isPrivileged: true,
    assignableAtUnit: true,
  },
  {
    id: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
    displayName: 'Privileged Role Administrator',
    description: 'Gives directory roles to people and groups and takes them back.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: '4a5d8f65-41da-4de4-8968-e035b65339cf',
    displayName: 'Reports Reader',
    description: 'Reads the sign-in log, the audit log and the usage reports.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: '194ae4cb-b126-40b2-bd5b-6091b380977d',
    displayName: 'Security Administrator',
    description: 'Reads the security logs and changes the security settings.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
    displayName: 'Security Operator',
    description: 'Reads the security logs and handles what they report.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: '5d6b6bb7-de71-4623-b4af-96380a352509',
    displayName: 'Security Reader',
    description: 'Reads the security logs and settings.',
    isPrivileged: true,
    assignableAtUnit: false,
  },
  {
    id: '75934031-6c7e-415a-99d7-48dbd49e875e',
    displayName: 'Usage Summary Reports Reader',
    description: 'Reads usage totals without the names of people.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
  {
    id: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
    displayName: 'User Administrator',
    description: 'Makes, changes and removes people and groups, and resets passwords of people without an important role.',
    isPrivileged: true,
    assignableAtUnit: true,
  },
  {
    id: '27460883-1df1-4691-b032-3b79643e5e63',
    displayName: 'User Experience Success Manager',
    description: 'Reads feedback and usage reports to see where people need help.',
    isPrivileged: false,
    assignableAtUnit: false,
  },
] as const satisfies readonly RoleTemplate[]

export type RoleName = (typeof roleTemplates)[number]['displayName']
