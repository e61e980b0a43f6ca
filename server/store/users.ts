import { type SqlBool, sql } from 'kysely'
import type { Page, Query } from '#server/domain/query.ts'
import { fold, type NewUser, profileFields, type User, type UserChanges } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { forgetMember } from './forget-member.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import type { Inserted, Updated } from './schema.ts'
import { textsIn } from './tenants.ts'
import { blankUser, loweredFields, shownColumns, textColumns } from './user-columns.ts'
import { UserPages, type UserRow } from './user-pages.ts'
import type { Vault } from './vault.ts'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('users').select(shownColumns).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const byName = prepared((db, tenantId: string, name: string) =>
  db
    .selectFrom('users')
    .select(shownColumns)
    .where('tenant_id', '=', tenantId)
    .where('user_principal_name_lowered', '=', name)
    .where('deleted_at', 'is', null),
)
const addRow = preparedAdd('users')
const changeRow = preparedChange('users', ['tenant_id', 'id'])
/** Always a new epoch, even twice within one millisecond. */
const newEpoch = prepared((db, tenantId: string, id: string, now: number) =>
  db
    .updateTable('users')
    .set({ epoch: sql`case when epoch < ${now} then ${now} else epoch + 1 end`, sessions_valid_from: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export class Users {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault
  readonly #pages: UserPages<User>

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#pages = new UserPages(connection, tenantId, (row) => this.#toUser(row))
    this.#tenantId = tenantId
    this.#vault = vault
  }

  /** By object id or user principal name; never a deleted one. */
  async find(idOrName: string): Promise<User | undefined> {
    const row = guid.test(idOrName)
      ? await byId.first(this.#connection, this.#tenantId, idOrName.toLowerCase())
      : await byName.first(this.#connection, this.#tenantId, fold(idOrName))
    return row && row.deleted_at === null ? this.#toUser(row) : undefined
  }

  async findDeleted(id: string): Promise<User | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id.toLowerCase())
    return row && row.deleted_at !== null ? this.#toUser(row) : undefined
  }

  /** Who was deleted at this instant or before, the longest gone first. */
  async findDeletedBy(instant: Date, max: number): Promise<User[]> {
    const rows = await this.#all()
      .where('deleted_at', 'is not', null)
      .where('deleted_at', '<=', instant.getTime())
      .orderBy('deleted_at')
      .orderBy('id')
      .limit(max)
      .execute()
    return rows.map((row) => this.#toUser(row))
  }

  async findMany(ids: readonly string[]): Promise<Map<string, User>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#all().where('deleted_at', 'is', null).where('id', 'in', ids).execute()
    return new Map(rows.map((row) => [row.id, this.#toUser(row)]))
  }

  /** By user principal name, in small letters. */
  async findNamed(names: readonly string[]): Promise<Map<string, User>> {
    if (names.length === 0) return new Map()
    const folded = names.map((name) => fold(name))
    const rows = await this.#all().where('deleted_at', 'is', null).where('user_principal_name_lowered', 'in', folded).execute()
    return new Map(rows.map((row) => [fold(row.user_principal_name), this.#toUser(row)]))
  }

  async list(query: Query): Promise<Page<User>> {
    return this.#pages.page(query, sql`deleted_at is null`)
  }

  async listDeleted(query: Query): Promise<Page<User>> {
    return this.#pages.page(query, sql`deleted_at is not null`)
  }

  async listReports(managerId: string, query: Query): Promise<Page<User>> {
    return this.#pages.page(query, sql`deleted_at is null and manager_id = ${managerId}`)
  }

  async count(query: Query): Promise<number> {
    return this.#pages.count(query, sql`deleted_at is null`)
  }

  /**
   * False when somebody has the name already. The unique index is asked by writing: asking beforehand would make PostgreSQL hold back
   * everybody else who adds a person with a neighbouring name.
   */
  async add(user: NewUser, now: Date): Promise<boolean> {
    const given: object = this.#toColumns(user.id, user)
    const row: Inserted<'users'> = {
      ...blankUser,
      ...given,
      user_principal_name: user.userPrincipalName,
      user_principal_name_lowered: fold(user.userPrincipalName),
      display_name: user.displayName,
      display_name_lowered: fold(user.displayName),
      mail_nickname: user.mailNickname,
      mail_nickname_lowered: fold(user.mailNickname),
      tenant_id: this.#tenantId,
      id: user.id,
      password_changed_at: user.password ? now.getTime() : null,
      epoch: now.getTime(),
      sessions_valid_from: now.getTime(),
      created_at: now.getTime(),
    }
    return (await addRow(this.#connection, row)) > 0
  }

  async change(id: string, changes: UserChanges, now: Date): Promise<void> {
    const columns = this.#toColumns(id, changes)
    if (changes.password) columns.password_changed_at = now.getTime()
    if (Object.keys(columns).length === 0) return
    await changeRow(this.#connection, [this.#tenantId, id], columns)
  }

  async setManager(id: string, managerId: string | null): Promise<void> {
    await this.#set(id, { manager_id: managerId })
  }

  /** Whoever this person managed has no manager from now on; a restored person does not get them back. */
  async remove(id: string, now: Date): Promise<void> {
    await this.#freeReports(id, sql`deleted_at is null`)
    await this.#set(id, { deleted_at: now.getTime() })
  }

  async restore(id: string, name: string): Promise<void> {
    await this.#freeAllReports(id)
    await this.#set(id, { deleted_at: null, user_principal_name: name, user_principal_name_lowered: fold(name) })
  }

  async erase(id: string): Promise<void> {
    const { kysely } = this.#connection
    await forgetMember(this.#connection, this.#tenantId, id)
    await kysely.deleteFrom('group_owners').where('tenant_id', '=', this.#tenantId).where('owner_id', '=', id).execute()
    await this.#freeAllReports(id)
    await kysely.deleteFrom('users').where('tenant_id', '=', this.#tenantId).where('id', '=', id).execute()
  }

  /** Every token and session from before this instant is worth nothing from now on. */
  async endSessions(id: string, now: Date): Promise<void> {
    await newEpoch.write(this.#connection, this.#tenantId, id, now.getTime())
  }

  #all() {
    return this.#connection.kysely.selectFrom('users').select(shownColumns).where('tenant_id', '=', this.#tenantId)
  }

  /** Also those who were themselves deleted when this person was: they still point here, even if they came back meanwhile. */
  async #freeAllReports(managerId: string): Promise<void> {
    await this.#freeReports(managerId, sql`deleted_at is null`)
    await this.#freeReports(managerId, sql`deleted_at is not null`)
  }

  /** Living and deleted people stand in indexes of their own, so each kind is looked for by itself. */
  async #freeReports(managerId: string, among: ReturnType<typeof sql<SqlBool>>): Promise<void> {
    await this.#connection.kysely
      .updateTable('users')
      .set({ manager_id: null })
      .where('tenant_id', '=', this.#tenantId)
      .where('manager_id', '=', managerId)
      .where(among)
      .execute()
  }

  async #set(id: string, columns: Updated<'users'>): Promise<void> {
    await changeRow(this.#connection, [this.#tenantId, id], columns)
  }

  #toColumns(id: string, changes: UserChanges): Updated<'users'> {
    const columns: Record<string, string | number | null> = {}
    for (const field of [...loweredFields, ...profileFields]) {
      if (!(field in changes)) continue
      if (field === 'mobilePhone') columns.mobile_phone_sealed = this.#sealed(id, 'mobile_phone_sealed', changes.mobilePhone)
      else Object.assign(columns, textColumns(field, changes[field]))
    }
    if (changes.businessPhones) {
      const phones = changes.businessPhones.length > 0 ? JSON.stringify(changes.businessPhones) : undefined
      columns.business_phones_sealed = this.#sealed(id, 'business_phones_sealed', phones)
    }
    if (changes.otherMails) columns.other_mails = JSON.stringify(changes.otherMails)
    if (changes.userType) columns.user_type = changes.userType
    if (changes.accountEnabled !== undefined) columns.account_enabled = changes.accountEnabled ? 1 : 0
    if ('passwordPolicies' in changes) columns.password_policies = changes.passwordPolicies ?? null
    if (changes.password) {
      columns.password_hash = changes.password.hash
      columns.must_change_password = changes.password.mustChange ? 1 : 0
    }
    return columns
  }

  #sealed(row: string, column: string, text: string | undefined): string | null {
    return text ? this.#vault.seal(text, { table: 'users', column, row }) : null
  }

  #opened(row: string, column: string, sealed: string | null): string | undefined {
    return sealed === null ? undefined : this.#vault.open(sealed, { table: 'users', column, row })
  }

  #toUser(row: UserRow): User {
    const phones = this.#opened(row.id, 'business_phones_sealed', row.business_phones_sealed)
    return {
      id: row.id,
      userPrincipalName: row.user_principal_name,
      displayName: row.display_name,
      mailNickname: row.mail_nickname,
      givenName: row.given_name ?? undefined,
      surname: row.surname ?? undefined,
      mail: row.mail ?? undefined,
      jobTitle: row.job_title ?? undefined,
      department: row.department ?? undefined,
      officeLocation: row.office_location ?? undefined,
      employeeId: row.employee_id ?? undefined,
      companyName: row.company_name ?? undefined,
      streetAddress: row.street_address ?? undefined,
      postalCode: row.postal_code ?? undefined,
      city: row.city ?? undefined,
      state: row.state ?? undefined,
      country: row.country ?? undefined,
      usageLocation: row.usage_location ?? undefined,
      preferredLanguage: row.preferred_language ?? undefined,
      mobilePhone: this.#opened(row.id, 'mobile_phone_sealed', row.mobile_phone_sealed),
      businessPhones: phones ? textsIn(phones) : [],
      otherMails: row.other_mails === '[]' ? [] : textsIn(row.other_mails),
      userType: row.user_type === 'Guest' ? 'Guest' : 'Member',
      accountEnabled: row.account_enabled === 1,
      managerId: row.manager_id ?? undefined,
      passwordPolicies: row.password_policies ?? undefined,
      passwordChangedAt: row.password_changed_at === null ? undefined : new Date(row.password_changed_at),
      mustChangePassword: row.must_change_password === 1,
      sessionsValidFrom: new Date(row.sessions_valid_from),
      createdAt: new Date(row.created_at),
      deletedAt: row.deleted_at === null ? undefined : new Date(row.deleted_at),
    }
  }
}
