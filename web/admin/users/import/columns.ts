import type { MessageKey } from '../../../kit/words/message.ts'

interface Column {
  label: MessageKey
  /** How files in our languages call it, in small letters and without blanks or marks. */
  also: readonly string[]
}

/** What a file can say of people, under the names of the API. */
export const columns = {
  userPrincipalName: {
    label: 'web.admin.users.person.field.userPrincipalName',
    also: [
      'upn',
      'username',
      'user',
      'login',
      'account',
      'gebruikersnaam',
      'gebruiker',
      'inlognaam',
      'användarnamn',
      'användare',
      'inloggningsnamn',
    ],
  },
  displayName: {
    label: 'web.admin.users.person.field.displayName',
    also: ['name', 'fullname', 'naam', 'volledigenaam', 'weergavenaam', 'namn', 'fullständigtnamn', 'visningsnamn'],
  },
  givenName: { label: 'web.admin.users.person.field.givenName', also: ['firstname', 'voornaam', 'roepnaam', 'förnamn', 'tilltalsnamn'] },
  surname: { label: 'web.admin.users.person.field.surname', also: ['lastname', 'familyname', 'achternaam', 'efternamn'] },
  authenticationPhone: {
    label: 'web.admin.users.import.column.authenticationPhone',
    also: [
      'phone',
      'phonenumber',
      'mobile',
      'mobilenumber',
      'cell',
      'telefoon',
      'telefoonnummer',
      'mobiel',
      'mobielnummer',
      'mobieletelefoon',
      'gsm',
      'telefon',
      'telefonnummer',
      'mobil',
      'mobilnummer',
      'mobiltelefon',
    ],
  },
  signIn: {
    label: 'web.admin.users.import.column.signIn',
    also: ['smssignin', 'smsaanmelding', 'aanmelden', 'aanmeldenmetsms', 'smsinloggning', 'loggainmedsms'],
  },
  alternatePhone: {
    label: 'web.admin.users.import.column.alternatePhone',
    also: ['alternatemobile', 'secondphone', 'alternatiefmobiel', 'tweedetelefoon', 'alternativmobil', 'andratelefon'],
  },
  officePhone: {
    label: 'web.admin.users.import.column.officePhone',
    also: ['workphone', 'businessphone', 'werktelefoon', 'kantoortelefoon', 'arbetstelefon', 'kontorstelefon'],
  },
  groups: { label: 'web.admin.users.import.column.groups', also: ['group', 'team', 'groep', 'groepen', 'grupp', 'grupper'] },
  mail: { label: 'web.admin.users.person.field.mail', also: ['email', 'emailaddress', 'emailadres', 'epost', 'epostadress'] },
  jobTitle: { label: 'web.admin.users.person.field.jobTitle', also: ['title', 'job', 'role', 'functie', 'befattning', 'titel'] },
  department: { label: 'web.admin.users.person.field.department', also: ['unit', 'store', 'afdeling', 'winkel', 'avdelning', 'butik'] },
  officeLocation: {
    label: 'web.admin.users.person.field.officeLocation',
    also: ['office', 'location', 'kantoor', 'locatie', 'kontor', 'plats'],
  },
  employeeId: {
    label: 'web.admin.users.person.field.employeeId',
    also: ['employeenumber', 'staffnumber', 'personeelsnummer', 'anställningsnummer'],
  },
  companyName: { label: 'web.admin.users.person.field.companyName', also: ['company', 'bedrijf', 'företag'] },
  streetAddress: { label: 'web.admin.users.person.field.streetAddress', also: ['street', 'address', 'straat', 'adres', 'gata', 'adress'] },
  postalCode: { label: 'web.admin.users.person.field.postalCode', also: ['zip', 'zipcode', 'postcode', 'postnummer'] },
  city: { label: 'web.admin.users.person.field.city', also: ['town', 'plaats', 'woonplaats', 'stad', 'ort'] },
  state: { label: 'web.admin.users.person.field.state', also: ['province', 'provincie', 'län'] },
  country: { label: 'web.admin.users.person.field.country', also: ['land'] },
  usageLocation: { label: 'web.admin.users.person.field.usageLocation', also: ['gebruikslocatie', 'användningsplats'] },
  preferredLanguage: { label: 'web.admin.users.person.field.preferredLanguage', also: ['language', 'taal', 'språk'] },
  mobilePhone: { label: 'web.admin.users.person.field.mobilePhone', also: ['directoryphone', 'directorytelefoon', 'katalogtelefon'] },
  accountEnabled: {
    label: 'web.admin.users.import.column.accountEnabled',
    also: ['enabled', 'active', 'actief', 'ingeschakeld', 'aktiv', 'aktiverad'],
  },
} as const satisfies Record<string, Column>

export type ColumnName = keyof typeof columns

export function isColumnName(text: string): text is ColumnName {
  return Object.hasOwn(columns, text)
}

export const columnNames = Object.keys(columns).filter(isColumnName)

/** What each column of a file seems to hold, each thing once; what nothing is called stays out until somebody says. */
export function guessColumns(header: readonly string[]): (ColumnName | undefined)[] {
  const taken = new Set<ColumnName>()
  return header.map((heading) => {
    const guess = columnNames.find((name) => !taken.has(name) && isMeant(name, heading))
    if (guess) taken.add(guess)
    return guess
  })
}

function isMeant(name: ColumnName, heading: string): boolean {
  const plain = heading.toLowerCase().replace(/[^\p{L}\d]/gu, '')
  const also: readonly string[] = columns[name].also
  return plain === name.toLowerCase() || also.includes(plain)
}
