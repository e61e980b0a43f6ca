import { type ImportedPerson, importedPerson, personColumnNames } from '#contract/graph/imports.ts'
import type { CsvRecord } from '#server/domain/csv.ts'
import { type GivenNumber, readNumber } from '#server/domain/given-number.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { refuse } from '#server/domain/refusal.ts'
import { profileFields, type UserChanges } from '#server/domain/user.ts'

/** Which column holds a number of which type. */
const numberColumns = { authenticationphone: 'mobile', alternatephone: 'alternateMobile', officephone: 'office' } as const

const otherColumns = ['authenticationPhone', 'signIn', 'alternatePhone', 'officePhone', 'groups'] as const

const names: ReadonlyMap<string, string> = new Map([...personColumnNames, ...otherColumns].map((name) => [name.toLowerCase(), name]))

/** What a file's columns are called, in their order. */
export type Header = readonly string[]

export interface WantedNumber extends GivenNumber {
  type: PhoneType
}

export interface WantedPerson {
  userPrincipalName: string
  changes: UserChanges
  numbers: readonly WantedNumber[]
  /** Whether the mobile number is to be a way to sign in; where the file does not say, as for a number that is added by itself. */
  signsIn: boolean | undefined
  groups: readonly string[]
}

/** The first row says what stands where, in any order and any case. A column we do not know may be a misspelt one, so it is not skipped. */
export function readHeader(cells: readonly string[]): Header {
  const header = cells.map((cell) => cell.trim().toLowerCase())
  while (header.at(-1) === '') header.pop()
  const unknown = header.find((name) => !names.has(name))
  if (unknown !== undefined) refuse('import_column_unknown', { column: unknown.slice(0, 64), known: [...names.values()].join(', ') })
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (twice !== undefined) refuse('import_column_twice', { column: names.get(twice) ?? twice })
  if (!header.includes('userprincipalname')) refuse('import_column_missing', { column: 'userPrincipalName' })
  return header
}

export function hasNumbers(header: Header): boolean {
  return header.some((name) => Object.hasOwn(numberColumns, name))
}

export function hasGroups(header: Header): boolean {
  return header.includes('groups')
}

export function isBlank({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** The name in a row, as far as it looks like one: also of a row that cannot be read otherwise. */
export function nameIn(header: Header, { cells }: CsvRecord): string {
  const name = (cells[header.indexOf('userprincipalname')] ?? '').trim()
  return importedPerson.shape.userPrincipalName.safeParse(name).success ? name : ''
}

/** What the texts in the cells of numbers look like, read or not. */
export function digitsIn(header: Header, { cells }: CsvRecord): string[] {
  return header.flatMap((name, index) =>
    name === 'authenticationphone' || name === 'alternatephone' ? (cells[index] ?? '').replace(/\D/g, '') : [],
  )
}

export function readPerson(header: Header, record: CsvRecord, country: string | undefined): WantedPerson {
  const { cells } = record
  if (record.isBroken) refuse('import_row_broken')
  if (cells.slice(header.length).some((cell) => cell !== '')) refuse('import_row_long', { columns: String(header.length) })
  const values = new Map(header.map((name, index) => [name, plain(cells[index] ?? '')]))
  const person = readRecord(values)
  const numbers = Object.entries(numberColumns).flatMap(([column, type]) => {
    const text = values.get(column)
    return text ? { type, ...readNumber(text, type, { property: names.get(column) ?? column, country }) } : []
  })
  return {
    userPrincipalName: person.userPrincipalName,
    changes: changesOf(person),
    numbers,
    signsIn: readYesOrNo(values.get('signin'), 'signIn'),
    groups: (values.get('groups') ?? '').split(/[;|]/).flatMap((name) => name.trim() || []),
  }
}

/** Without the apostrophe that keeps a spreadsheet from taking a number for a formula. */
function plain(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, '')
}

function readRecord(values: ReadonlyMap<string, string>): ImportedPerson {
  const written: Record<string, string | boolean> = {}
  for (const name of personColumnNames) {
    const text = values.get(name.toLowerCase())
    if (text) written[name] = text
  }
  const isEnabled = readYesOrNo(values.get('accountenabled'), 'accountEnabled')
  if (isEnabled !== undefined) written.accountEnabled = isEnabled
  const read = importedPerson.safeParse(written)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const property = String(issue?.path[0] ?? '')
  if (!Object.hasOwn(written, property)) refuse('property_required', { property })
  return refuse('property_invalid', { property, expected: issue?.message ?? '' })
}

function changesOf(person: ImportedPerson): UserChanges {
  const changes: UserChanges = {}
  for (const field of profileFields) {
    const value = person[field]
    if (value) changes[field] = value
  }
  if (person.displayName !== undefined) changes.displayName = person.displayName
  if (person.accountEnabled !== undefined) changes.accountEnabled = person.accountEnabled
  return changes
}

/** Also as spreadsheets write it in our languages. */
const yes: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'ja', 'j', 'waar', 'sant'])
const no: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', 'nee', 'nej', 'onwaar', 'falskt'])

function readYesOrNo(text: string | undefined, property: string): boolean | undefined {
  const word = text?.toLowerCase()
  if (!word) return undefined
  if (yes.has(word)) return true
  return no.has(word) ? false : refuse('property_invalid', { property, expected: 'yes or no' })
}
