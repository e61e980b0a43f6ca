import { sql } from 'kysely'
import type { Filter } from '#server/domain/query.ts'
import { fold, type ProfileField } from '#server/domain/user.ts'
import { type Column, type Columns, conditionOf } from './query-sql.ts'

/** Texts that are compared without case and so are kept twice. */
export const loweredFields = [
  'userPrincipalName',
  'displayName',
  'mailNickname',
  'givenName',
  'surname',
  'mail',
  'jobTitle',
  'department',
  'officeLocation',
  'employeeId',
] as const

type LoweredField = (typeof loweredFields)[number]

const lowered: ReadonlySet<string> = new Set(loweredFields)

export function textColumns(field: LoweredField | ProfileField, value: string | undefined): Record<string, string | null> {
  const column = columnName(field)
  return lowered.has(field) ? { [column]: value ?? null, [`${column}_lowered`]: fold(value ?? '') } : { [column]: value ?? null }
}

function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function text(field: LoweredField): Column {
  return { kind: 'text', column: `users.${columnName(field)}`, lowered: `users.${columnName(field)}_lowered` }
}

const licenceColumns: Columns = { skuId: { kind: 'plain', column: 'user_licences.sku_id' } }

export const userColumns: Columns = {
  ...Object.fromEntries(loweredFields.map((field) => [field, text(field)])),
  id: { kind: 'plain', column: 'users.id' },
  accountEnabled: { kind: 'flag', column: 'users.account_enabled' },
  userType: { kind: 'word', column: 'users.user_type', few: ['member', 'guest'] },
  usageLocation: { kind: 'word', column: 'users.usage_location' },
  preferredLanguage: { kind: 'word', column: 'users.preferred_language' },
  createdDateTime: { kind: 'instant', column: 'users.created_at' },
  deletedDateTime: { kind: 'instant', column: 'users.deleted_at' },
  assignedLicenses: { kind: 'items', matches: licenceMatches },
  identities: { kind: 'items', matches: identityMatches },
}

function licenceMatches(of: Filter | undefined) {
  const held = sql`user_licences.tenant_id = users.tenant_id and user_licences.user_id = users.id`
  const wanted = of ? sql` and ${conditionOf(of, licenceColumns)}` : sql``
  return sql<boolean>`exists (select 1 from user_licences where ${held}${wanted})`
}

/** A person has one sign-in identity here, the user principal name; its issuer is the domain behind the @. */
function identityMatches(of: Filter | undefined) {
  return of ? conditionOf(asNameFilter(of), userColumns) : sql<boolean>`1 = 1`
}

function asNameFilter(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, left: asNameFilter(filter.left), right: asNameFilter(filter.right) }
    case 'not':
      return { kind: 'not', of: asNameFilter(filter.of) }
    case 'compare':
      return filter.property === 'issuer'
        ? { kind: 'match', property: 'userPrincipalName', how: 'endsWith', value: `@${filter.value}` }
        : { ...filter, property: 'userPrincipalName' }
    default:
      throw new Error(`identities are not asked with ${filter.kind}`)
  }
}

/** What a person is made of; the lowered copies are only for the database to compare. */
export const shownColumns = [
  'id',
  'user_principal_name',
  'display_name',
  'mail_nickname',
  'given_name',
  'surname',
  'mail',
  'job_title',
  'department',
  'office_location',
  'employee_id',
  'company_name',
  'street_address',
  'postal_code',
  'city',
  'state',
  'country',
  'usage_location',
  'preferred_language',
  'mobile_phone_sealed',
  'business_phones_sealed',
  'other_mails',
  'user_type',
  'account_enabled',
  'manager_id',
  'password_policies',
  'password_changed_at',
  'must_change_password',
  'sessions_valid_from',
  'created_at',
  'deleted_at',
] as const

/** What a row holds where nobody said anything. */
export const blankUser = {
  given_name: null,
  surname: null,
  mail: null,
  job_title: null,
  department: null,
  office_location: null,
  employee_id: null,
  company_name: null,
  street_address: null,
  postal_code: null,
  city: null,
  state: null,
  country: null,
  usage_location: null,
  preferred_language: null,
  mobile_phone_sealed: null,
  business_phones_sealed: null,
  manager_id: null,
  password_hash: null,
  password_policies: null,
  given_name_lowered: '',
  surname_lowered: '',
  mail_lowered: '',
  job_title_lowered: '',
  department_lowered: '',
  office_location_lowered: '',
  employee_id_lowered: '',
  other_mails: '[]',
  user_type: 'Member',
  account_enabled: 0,
  must_change_password: 0,
  deleted_at: null,
}
