import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { secondFactors } from '#server/domain/default-method.ts'
import type { Included, Registration, RegistrationCounts, ReportPolicies, TextDependent } from '#server/domain/method-registration.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { Filter, Page, Query } from '#server/domain/query.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, sortColumn } from './query-sql.ts'
import { isPrivileged, peopleWith, reaching } from './registered-people.ts'
import type { Vault } from './vault.ts'

const numbersBehind = prepared((db, tenantId: string, userId: string, type: string, max: number) =>
  db
    .selectFrom('phones')
    .select(['user_id', 'phone_type', 'number_sealed'])
    .where('tenant_id', '=', tenantId)
    .where((row) => row(row.refTuple('user_id', 'phone_type'), '>', row.tuple(userId, type)))
    .orderBy('user_id')
    .orderBy('phone_type')
    .limit(max),
)

const flag = (column: string) => ({ kind: 'flag', column: `people.${column}` }) as const
const text = (column: string) => ({ kind: 'text', column: `people.${column}`, lowered: `people.${column}_lowered` }) as const

const methodColumns: Readonly<Record<string, string>> = {
  password: 'people.has_password',
  mobilePhone: 'people.has_mobile',
  alternateMobilePhone: 'people.has_alternate',
  officePhone: 'people.has_office',
  email: 'people.has_email',
  temporaryAccessPass: 'people.has_pass',
}

const columns: Columns = {
  id: { kind: 'plain', column: 'people.id' },
  userDisplayName: text('display_name'),
  userPrincipalName: text('user_principal_name'),
  department: text('department'),
  userType: { kind: 'word', column: 'people.user_type' },
  isAdmin: flag('is_admin'),
  isMfaRegistered: flag('has_phone'),
  isMfaCapable: flag('is_mfa_capable'),
  isPasswordlessCapable: flag('never'),
  isSsprRegistered: flag('is_sspr_registered'),
  isSsprEnabled: flag('never'),
  isSsprCapable: flag('never'),
  isSystemPreferredAuthenticationMethodEnabled: flag('never'),
  methodsRegistered: { kind: 'items', matches: hasMethod },
  systemPreferredAuthenticationMethods: { kind: 'items', matches: () => sql<SqlBool>`1 = 0` },
  isOnlyWayIn: flag('is_only_way_in'),
  isOnlySecondFactor: flag('is_only_second_factor'),
}

/** Each method is a column of its own, so a name is a condition; all that `any(x:x eq '…')` can say is names. */
function hasMethod(of: Filter | undefined): RawBuilder<SqlBool> {
  switch (of?.kind) {
    case undefined:
      return sql<SqlBool>`(people.has_password = 1 or people.is_sspr_registered = 1 or people.has_pass = 1)`
    case 'or':
      return sql<SqlBool>`(${hasMethod(of.left)} or ${hasMethod(of.right)})`
    case 'compare': {
      const column = methodColumns[String(of.value)]
      return column === undefined ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} = 1`
    }
    default:
      // One item has one name, so "this and that" fits none, and "not this" fits too many to be worth a column.
      return sql<SqlBool>`1 = 0`
  }
}

const everybody = sql<SqlBool>`1 = 1`
const dependsOnTexts = sql<SqlBool>`(people.is_only_way_in = 1 or people.is_only_second_factor = 1)`

interface Row {
  id: string
  user_principal_name: string
  display_name: string
  user_type: string
  department: string | null
  preferred_language: string | null
  is_admin: number
  has_password: number
  has_mobile: number
  has_alternate: number
  has_office: number
  has_email: number
  has_pass: number
  may_be_texted: number
  may_be_called: number
  is_only_way_in: number
  is_only_second_factor: number
  sorted_by: string
}

export interface HeldNumber {
  userId: string
  type: PhoneType
  number: PhoneNumber
}

/** What everybody has to prove themselves with, worked out when it is asked. */
export class MethodReports {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async registrations(query: Query, policies: ReportPolicies): Promise<Page<Registration>> {
    const rows = await this.#page(query, policies, everybody)
    const chosen = await this.#choicesOf(rows.map(({ id }) => id))
    return pageOf(
      rows,
      query,
      query.count ? await this.#count(query, policies) : undefined,
      (row) => toRegistration(row, chosen.get(row.id)),
      (row) => row.sorted_by,
    )
  }

  async textDependents(query: Query, policies: ReportPolicies): Promise<Page<TextDependent>> {
    const rows = await this.#page(query, policies, dependsOnTexts)
    const numbers = await this.#numbersOf(rows.map(({ id }) => id))
    return pageOf(
      rows,
      query,
      query.count ? await this.#count(query, policies, dependsOnTexts) : undefined,
      (row) => toDependent(row, numbers.get(row.id)),
      (row) => row.sorted_by,
    )
  }

  /** Over the whole directory in one statement. */
  async counts({ types, roles }: Included, policies: ReportPolicies): Promise<RegistrationCounts> {
    const isOfType = types === 'all' ? sql`1 = 1` : sql`lower(people.user_type) = ${types}`
    const hasRole = { all: sql`1 = 1`, admin: sql`people.is_admin = 1`, user: sql`people.is_admin = 0`, privilegedAdmin: isPrivileged }[
      roles
    ]
    const sum = (column: string) => sql`coalesce(sum(${sql.ref(`people.${column}`)}), 0)`
    const { rows } = await sql<RegistrationCounts>`
      ${reaching(this.#tenantId)}
      select count(*) as people, ${sum('has_password')} as password, ${sum('has_mobile')} as mobile, ${sum('has_alternate')} as ${sql.ref('alternateMobile')},
        ${sum('has_office')} as office, ${sum('has_email')} as email, ${sum('has_pass')} as pass,
        ${sum('is_sspr_registered')} as ${sql.ref('ssprRegistered')}, ${sum('is_mfa_capable')} as ${sql.ref('mfaCapable')}
      from ${peopleWith(this.#tenantId, policies, 'everybody')} where ${isOfType} and ${hasRole}
    `.execute(this.#connection.kysely)
    const [row] = rows
    if (!row) throw new Error('a sum without a row')
    return row
  }

  /** Every number there is, a page at a time. */
  async *numbers(pageMax: number): AsyncGenerator<HeldNumber> {
    let [userId, type] = ['', '']
    for (;;) {
      const rows = await numbersBehind.all(this.#connection, this.#tenantId, userId, type, pageMax)
      for (const row of rows) yield this.#toNumber(row)
      const last = rows.at(-1)
      if (!last || rows.length < pageMax) return
      userId = last.user_id
      type = last.phone_type
    }
  }

  async #page(query: Query, policies: ReportPolicies, among: RawBuilder<SqlBool>): Promise<Row[]> {
    const { property, descending } = orderOf(query, columns, 'userDisplayName')
    const sortedBy = sortColumn(columns, property)
    const direction = descending ? sql`desc` : sql`asc`
    const wanted = query.filter ? conditionOf(query.filter, columns) : sql<SqlBool>`1 = 1`
    const rest = query.after ? behind(query.after, sortedBy, 'people.id', descending) : sql<SqlBool>`1 = 1`
    const { rows } = await sql<Row>`
      ${reaching(this.#tenantId)}
      select people.*, ${sql.ref(sortedBy)} as sorted_by from ${peopleWith(this.#tenantId, policies, 'a page')}
      where ${among} and ${wanted} and ${rest}
      order by ${sql.ref(sortedBy)} ${direction}, people.id ${direction}
      limit ${query.top + 1}
    `.execute(this.#connection.kysely)
    return rows
  }

  async #count({ filter }: Query, policies: ReportPolicies, among = everybody): Promise<number> {
    const wanted = filter ? conditionOf(filter, columns) : sql<SqlBool>`1 = 1`
    const { rows } = await sql<{ count: number }>`
      ${reaching(this.#tenantId)}
      select count(*) as count from ${peopleWith(this.#tenantId, policies, 'everybody')} where ${among} and ${wanted}
    `.execute(this.#connection.kysely)
    return rows[0]?.count ?? 0
  }

  async #choicesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#connection.kysely
      .selectFrom('method_choices')
      .select(['user_id', 'default_method'])
      .where('tenant_id', '=', this.#tenantId)
      .where('user_id', 'in', ids)
      .execute()
    return new Map(rows.map((row) => [row.user_id, row.default_method]))
  }

  /** The mobile one where there is one. */
  async #numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, PhoneNumber>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#connection.kysely
      .selectFrom('phones')
      .select(['user_id', 'phone_type', 'number_sealed'])
      .where('tenant_id', '=', this.#tenantId)
      .where('user_id', 'in', ids)
      .orderBy('phone_type', 'desc')
      .execute()
    const numbers = new Map<string, PhoneNumber>()
    for (const held of rows.map((row) => this.#toNumber(row))) {
      if (held.type === 'mobile' || !numbers.has(held.userId)) numbers.set(held.userId, held.number)
    }
    return numbers
  }

  #toNumber(row: { user_id: string; phone_type: string; number_sealed: string }): HeldNumber {
    const type = row.phone_type === 'mobile' || row.phone_type === 'alternateMobile' ? row.phone_type : 'office'
    const place = { table: 'phones', column: 'number_sealed', row: `${row.user_id} ${type}` }
    return { userId: row.user_id, type, number: canonicalNumber(this.#vault.open(row.number_sealed, place)) }
  }
}

function toRegistration(row: Row, chosen: string | null | undefined): Registration {
  return {
    id: row.id,
    userPrincipalName: row.user_principal_name,
    displayName: row.display_name,
    userType: row.user_type === 'Guest' ? 'Guest' : 'Member',
    isAdmin: row.is_admin === 1,
    hasPassword: row.has_password === 1,
    hasMobile: row.has_mobile === 1,
    hasAlternateMobile: row.has_alternate === 1,
    hasOffice: row.has_office === 1,
    hasEmail: row.has_email === 1,
    hasPass: row.has_pass === 1,
    mayBeTexted: row.may_be_texted === 1,
    mayBeCalled: row.may_be_called === 1,
    chosen: secondFactors.find((factor) => factor === chosen),
  }
}

function toDependent(row: Row, number: PhoneNumber | undefined): TextDependent {
  return {
    id: row.id,
    userPrincipalName: row.user_principal_name,
    displayName: row.display_name,
    department: row.department ?? undefined,
    preferredLanguage: row.preferred_language ?? undefined,
    number,
    isOnlyWayIn: row.is_only_way_in === 1,
    isOnlySecondFactor: row.is_only_second_factor === 1,
  }
}
