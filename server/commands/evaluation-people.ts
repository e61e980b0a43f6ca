import type { RoleName } from '#contract/graph/role-templates.ts'

export interface EvaluationPerson {
  /** Before the @ of the user principal name. */
  name: string
  displayName: string
  jobTitle: string
  language: 'en' | 'nl' | 'sv'
  store?: 'Utrecht' | 'Malmö'
  role?: RoleName
  /** The role counts only over the store. */
  managesStore?: true
  guest?: true
  /** What they sign in with, in numbers that belong to nobody: Sweden keeps a range for stories, and the Dutch one only counts up. */
  number?: string
  /** Known to whoever reads this, so only for a place nobody else can reach. */
  password?: string
  /** Policy demands an e-mail address of them, and they have none. */
  lacksEmail?: true
}

export const domain = 'contoso.example'
export const smsGroup = 'Contoso SMS Users'
export const licencePartNumber = 'SPE_F1'

/** Fifteen people of a small chain of shops, with everybody an evaluation needs to see the rules at work. */
export const people: readonly EvaluationPerson[] = [
  { name: 'admin', displayName: 'Alex Morgan', jobTitle: 'IT lead', language: 'en', role: 'Global Administrator' },
  {
    name: 'authadmin',
    displayName: 'Sanne Bakker',
    jobTitle: 'Identity administrator',
    language: 'nl',
    role: 'Authentication Administrator',
  },
  { name: 'useradmin', displayName: 'Oskar Nyström', jobTitle: 'HR systems', language: 'sv', role: 'User Administrator' },
  {
    name: 'policyadmin',
    displayName: 'Erik Lindqvist',
    jobTitle: 'Security officer',
    language: 'sv',
    role: 'Authentication Policy Administrator',
  },
  { name: 'helpdesk', displayName: 'Femke Smit', jobTitle: 'Help desk', language: 'nl', role: 'Helpdesk Administrator' },
  { name: 'auditor', displayName: 'Grace Hall', jobTitle: 'Auditor', language: 'en', role: 'Global Reader' },
  {
    name: 'manager.utrecht',
    displayName: 'Pieter Jansen',
    jobTitle: 'Store manager',
    language: 'nl',
    store: 'Utrecht',
    role: 'Authentication Administrator',
    managesStore: true,
  },
  {
    name: 'manager.malmo',
    displayName: 'Karin Öberg',
    jobTitle: 'Store manager',
    language: 'sv',
    store: 'Malmö',
    role: 'Authentication Administrator',
    managesStore: true,
  },
  { name: 'anna', displayName: 'Anna de Vries', jobTitle: 'Shop assistant', language: 'nl', store: 'Utrecht', number: '+31 6 12345601' },
  {
    name: 'bram',
    displayName: 'Bram Visser',
    jobTitle: 'Driver',
    language: 'nl',
    store: 'Utrecht',
    number: '+31 6 12345602',
    lacksEmail: true,
  },
  { name: 'noor', displayName: 'Noor El Idrissi', jobTitle: 'Shop assistant', language: 'nl', store: 'Utrecht', number: '+31 6 12345603' },
  { name: 'lars', displayName: 'Lars Johansson', jobTitle: 'Warehouse worker', language: 'sv', store: 'Malmö', number: '+46 70 174 06 05' },
  { name: 'ebba', displayName: 'Ebba Åkesson', jobTitle: 'Shop assistant', language: 'sv', store: 'Malmö', number: '+46 70 174 06 06' },
  {
    name: 'tom',
    displayName: 'Tom Baker',
    jobTitle: 'Driver',
    language: 'en',
    store: 'Malmö',
    number: '+46 70 174 06 07',
    password: 'blue kettle on the tram',
  },
  {
    name: 'jamie.fabrikam',
    displayName: 'Jamie Rivera',
    jobTitle: 'Consultant',
    language: 'en',
    guest: true,
    password: 'seven ducks by the canal',
  },
]
