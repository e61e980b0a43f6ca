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
  /** In numbers that belong to nobody: Sweden keeps a range for stories, and the Dutch one only counts up. People without a role sign in with it. */
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
  {
    name: 'admin',
    displayName: 'Alex Morgan',
    jobTitle: 'IT lead',
    language: 'en',
    role: 'Global Administrator',
    number: '+31 6 12345610',
    password: 'nine lamps over the harbour',
  },
  {
    name: 'authadmin',
    displayName: 'Sanne Bakker',
    jobTitle: 'Identity administrator',
    language: 'nl',
    role: 'Authentication Administrator',
    number: '+31 6 12345611',
    password: 'two kites above the dunes',
  },
  {
    name: 'useradmin',
    displayName: 'Oskar Nyström',
    jobTitle: 'HR systems',
    language: 'sv',
    role: 'User Administrator',
    number: '+46 70 174 06 12',
    password: 'six bells under the birch',
  },
  {
    name: 'policyadmin',
    displayName: 'Erik Lindqvist',
    jobTitle: 'Security officer',
    language: 'sv',
    role: 'Authentication Policy Administrator',
    number: '+46 70 174 06 13',
    password: 'four boats by the island',
  },
  {
    name: 'helpdesk',
    displayName: 'Femke Smit',
    jobTitle: 'Help desk',
    language: 'nl',
    role: 'Helpdesk Administrator',
    number: '+31 6 12345614',
    password: 'three drums in the attic',
  },
  {
    name: 'auditor',
    displayName: 'Grace Hall',
    jobTitle: 'Auditor',
    language: 'en',
    role: 'Global Reader',
    number: '+31 6 12345615',
    password: 'five clocks on the pier',
  },
  {
    name: 'manager.utrecht',
    displayName: 'Pieter Jansen',
    jobTitle: 'Store manager',
    language: 'nl',
    store: 'Utrecht',
    role: 'Authentication Administrator',
    managesStore: true,
    number: '+31 6 12345616',
    password: 'ten keys behind the bakery',
  },
  {
    name: 'manager.malmo',
    displayName: 'Karin Öberg',
    jobTitle: 'Store manager',
    language: 'sv',
    store: 'Malmö',
    role: 'Authentication Administrator',
    managesStore: true,
    number: '+46 70 174 06 17',
    password: 'one swan near the bridge',
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
