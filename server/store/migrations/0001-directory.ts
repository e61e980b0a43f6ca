import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

// The directory: who exists in which organisation, in which groups and units, with which roles and licences.
// Every key begins with the tenant, so a statement that forgets it cannot use an index, and two tenants never meet.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

/** Lowered copies are sorted and cut by range, so both engines must compare them byte by byte; PostgreSQL's own order depends on its locale. */
function byteText(db: Kysely<unknown>): 'text' | RawBuilder<unknown> {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : 'text'
}

const plainUserColumns = [
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
  'manager_id',
  'password_hash',
  'password_policies',
]

const loweredUserColumns = [
  'user_principal_name',
  'display_name',
  'given_name',
  'surname',
  'mail',
  'mail_nickname',
  'job_title',
  'department',
  'office_location',
  'employee_id',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await tenants(db)
  await users(db)
  await groups(db)
  await roles(db)
  await units(db)
  await licences(db)
}

async function tenants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('installation')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', required)
    .execute()
  await db.schema
    .createTable('tenants')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('display_name', 'text', required)
    .addColumn('default_country', 'text')
    .addColumn('languages', 'text', required)
    .addColumn('technical_mails', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .execute()
  // A domain belongs to one tenant of the whole installation: sign-in finds the tenant by it.
  await db.schema
    .createTable('domains')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('is_default', 'integer', flag)
    .addColumn('is_initial', 'integer', flag)
    .addColumn('is_verified', 'integer', flag)
    .addColumn('authentication_type', 'text', required)
    .execute()
  await db.schema.createIndex('domains_of_tenant').on('domains').column('tenant_id').execute()
}

async function users(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('users')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('user_principal_name', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('mail_nickname', 'text', required)
    .addColumn('other_mails', 'text', required)
    .addColumn('user_type', 'text', required)
    .addColumn('account_enabled', 'integer', flag)
    .addColumn('password_changed_at', 'bigint')
    .addColumn('must_change_password', 'integer', flag)
    .addColumn('epoch', 'bigint', required)
    .addColumn('sessions_valid_from', 'bigint', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('deleted_at', 'bigint')
  for (const name of plainUserColumns) table = table.addColumn(name, 'text')
  for (const name of loweredUserColumns) table = table.addColumn(`${name}_lowered`, byteText(db), required)
  await table.addPrimaryKeyConstraint('users_key', ['tenant_id', 'id']).execute()

  // A deleted person's name is free again at once; restoring asks for it anew.
  await db.schema
    .createIndex('users_one_upn_per_tenant')
    .unique()
    .on('users')
    .columns(['tenant_id', 'user_principal_name_lowered'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute()
  // A page is a range of one of these: the filter's own column first, then the id that makes every place in it unique.
  for (const name of loweredUserColumns.slice(1)) {
    await db.schema
      .createIndex(`users_by_${name}`)
      .on('users')
      .columns(['tenant_id', `${name}_lowered`, 'id'])
      .where(sql.ref('deleted_at'), 'is', null)
      .execute()
  }
  for (const name of ['created_at', 'manager_id']) {
    await db.schema
      .createIndex(`users_by_${name}`)
      .on('users')
      .columns(['tenant_id', name, 'id'])
      .where(sql.ref('deleted_at'), 'is', null)
      .execute()
  }
  await db.schema
    .createIndex('users_deleted')
    .on('users')
    .columns(['tenant_id', 'deleted_at', 'id'])
    .where(sql.ref('deleted_at'), 'is not', null)
    .execute()
}

async function groups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('groups')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('display_name_lowered', byteText(db), required)
    .addColumn('description', 'text')
    .addColumn('mail_nickname', 'text', required)
    .addColumn('mail_nickname_lowered', byteText(db), required)
    .addColumn('is_assignable_to_role', 'integer', flag)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('groups_key', ['tenant_id', 'id'])
    .execute()
  await db.schema.createIndex('groups_by_display_name').on('groups').columns(['tenant_id', 'display_name_lowered', 'id']).execute()
  await links(db, 'group_members', 'group_id', 'groups', 'member_id')
  await db.schema
    .createTable('group_owners')
    .addColumn('tenant_id', 'text', required)
    .addColumn('group_id', 'text', required)
    .addColumn('owner_id', 'text', required)
    .addPrimaryKeyConstraint('group_owners_key', ['tenant_id', 'group_id', 'owner_id'])
    .addForeignKeyConstraint('group_owners_group', ['tenant_id', 'group_id'], 'groups', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema.createIndex('group_owners_by_owner').on('group_owners').columns(['tenant_id', 'owner_id']).execute()
}

/** Who stands in what, readable from both ends. */
async function links(db: Kysely<unknown>, name: string, holder: string, holders: string, member: string): Promise<void> {
  await db.schema
    .createTable(name)
    .addColumn('tenant_id', 'text', required)
    .addColumn(holder, 'text', required)
    .addColumn(member, 'text', required)
    .addColumn('member_kind', 'text', required)
    .addPrimaryKeyConstraint(`${name}_key`, ['tenant_id', holder, member])
    .addForeignKeyConstraint(`${name}_holder`, ['tenant_id', holder], holders, ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema.createIndex(`${name}_by_member`).on(name).columns(['tenant_id', member, holder]).execute()
}

async function roles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('activated_roles')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('role_id', 'text', required)
    .addColumn('activated_at', 'bigint', required)
    .addPrimaryKeyConstraint('activated_roles_key', ['tenant_id', 'role_id'])
    .execute()
  await db.schema
    .createTable('role_assignments')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('role_id', 'text', required)
    .addColumn('principal_id', 'text', required)
    .addColumn('principal_kind', 'text', required)
    .addColumn('scope_kind', 'text', required)
    .addColumn('scope_id', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('role_assignments_key', ['tenant_id', 'id'])
    .execute()
  await db.schema
    .createIndex('role_assignments_once')
    .unique()
    .on('role_assignments')
    .columns(['tenant_id', 'principal_id', 'role_id', 'scope_kind', 'scope_id'])
    .execute()
  await db.schema.createIndex('role_assignments_by_role').on('role_assignments').columns(['tenant_id', 'role_id']).execute()
  await db.schema.createIndex('role_assignments_by_scope').on('role_assignments').columns(['tenant_id', 'scope_id']).execute()
}

async function units(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('administrative_units')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('display_name_lowered', byteText(db), required)
    .addColumn('description', 'text')
    .addColumn('visibility', 'text')
    .addColumn('is_restricted', 'integer', flag)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('administrative_units_key', ['tenant_id', 'id'])
    .execute()
  await db.schema
    .createIndex('administrative_units_by_display_name')
    .on('administrative_units')
    .columns(['tenant_id', 'display_name_lowered', 'id'])
    .execute()
  await links(db, 'unit_members', 'unit_id', 'administrative_units', 'member_id')
}

async function licences(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('skus')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('part_number', 'text', required)
    .addColumn('enabled_units', 'integer', required)
    .addColumn('plans', 'text', required)
    .addPrimaryKeyConstraint('skus_key', ['tenant_id', 'id'])
    .execute()
  await db.schema
    .createTable('user_licences')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('sku_id', 'text', required)
    .addColumn('disabled_plans', 'text', required)
    .addColumn('assigned_at', 'bigint', required)
    .addPrimaryKeyConstraint('user_licences_key', ['tenant_id', 'user_id', 'sku_id'])
    .addForeignKeyConstraint('user_licences_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .addForeignKeyConstraint('user_licences_sku', ['tenant_id', 'sku_id'], 'skus', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema.createIndex('user_licences_by_sku').on('user_licences').columns(['tenant_id', 'sku_id', 'user_id']).execute()
}
