import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

// Apps: what an organisation registered, which apps of its own or of others it lets in, and what these may do. A service principal names the
// registration by its client id and home instead of pointing at it: no organisation's rows hang on a row of another.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')

/** Both engines must sort names byte by byte, as in 0001. */
function byteText(db: Kysely<unknown>): 'text' | RawBuilder<unknown> {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : 'text'
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await registrations(db)
  await servicePrincipals(db)
  await consents(db)
  await permissions(db)
}

async function registrations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('apps')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('app_id', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('display_name_lowered', byteText(db), required)
    .addColumn('description', 'text')
    .addColumn('audience', 'text', required)
    .addColumn('redirect_uris', 'text', required)
    .addColumn('home_page_url', 'text')
    .addColumn('logout_url', 'text')
    .addColumn('back_channel_logout_uri', 'text')
    .addColumn('is_fallback_public_client', 'integer', flag)
    .addColumn('id_token_algorithm', 'text', required)
    .addColumn('required_scopes', 'text', required)
    .addColumn('required_roles', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('apps_key', ['tenant_id', 'id'])
    .execute()
  // A client id means one app in the whole installation, so that an address for all organisations can be asked with it.
  await db.schema.createIndex('apps_one_per_app_id').unique().on('apps').columns(['app_id']).execute()
  await db.schema.createIndex('apps_by_display_name').on('apps').columns(['tenant_id', 'display_name_lowered', 'id']).execute()
  await db.schema
    .createTable('app_secrets')
    .addColumn('tenant_id', 'text', required)
    .addColumn('app_object_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('display_name', 'text')
    .addColumn('hint', 'text', required)
    .addColumn('hash', 'text', required)
    .addColumn('starts_at', 'bigint', required)
    .addColumn('ends_at', 'bigint', required)
    .addPrimaryKeyConstraint('app_secrets_key', ['tenant_id', 'app_object_id', 'id'])
    .addForeignKeyConstraint('app_secrets_app', ['tenant_id', 'app_object_id'], 'apps', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createTable('app_keys')
    .addColumn('tenant_id', 'text', required)
    .addColumn('app_object_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('display_name', 'text')
    .addColumn('jwk', 'text', required)
    .addColumn('starts_at', 'bigint', required)
    .addColumn('ends_at', 'bigint', required)
    .addPrimaryKeyConstraint('app_keys_key', ['tenant_id', 'app_object_id', 'id'])
    .addForeignKeyConstraint('app_keys_app', ['tenant_id', 'app_object_id'], 'apps', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function servicePrincipals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('service_principals')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('app_id', 'text', required)
    .addColumn('home_tenant_id', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('display_name_lowered', byteText(db), required)
    .addColumn('is_enabled', 'integer', flag)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('service_principals_key', ['tenant_id', 'id'])
    .execute()
  await db.schema.createIndex('service_principals_one_per_app').unique().on('service_principals').columns(['tenant_id', 'app_id']).execute()
  await db.schema
    .createIndex('service_principals_by_display_name')
    .on('service_principals')
    .columns(['tenant_id', 'display_name_lowered', 'id'])
    .execute()
}

async function consents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('app_consents')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('service_principal_id', 'text', required)
    .addColumn('person_id', 'text')
    .addColumn('scopes', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('app_consents_key', ['tenant_id', 'id'])
    .addForeignKeyConstraint(
      'app_consents_service_principal',
      ['tenant_id', 'service_principal_id'],
      'service_principals',
      ['tenant_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .addForeignKeyConstraint('app_consents_person', ['tenant_id', 'person_id'], 'users', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await consentIndexes(db)
}

async function consentIndexes(db: Kysely<unknown>): Promise<void> {
  // What goes with an app that is let in no more; the two below serve either kind alone.
  await db.schema
    .createIndex('app_consents_by_service_principal')
    .on('app_consents')
    .columns(['tenant_id', 'service_principal_id'])
    .execute()
  await db.schema
    .createIndex('app_consents_one_for_everybody')
    .unique()
    .on('app_consents')
    .columns(['tenant_id', 'service_principal_id'])
    .where(sql.ref('person_id'), 'is', null)
    .execute()
  await db.schema
    .createIndex('app_consents_one_per_person')
    .unique()
    .on('app_consents')
    .columns(['tenant_id', 'service_principal_id', 'person_id'])
    .where(sql.ref('person_id'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('app_consents_by_person')
    .on('app_consents')
    .columns(['tenant_id', 'person_id'])
    .where(sql.ref('person_id'), 'is not', null)
    .execute()
}

async function permissions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('app_role_assignments')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('service_principal_id', 'text', required)
    .addColumn('role', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('app_role_assignments_key', ['tenant_id', 'id'])
    .addForeignKeyConstraint(
      'app_role_assignments_service_principal',
      ['tenant_id', 'service_principal_id'],
      'service_principals',
      ['tenant_id', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('app_role_assignments_once')
    .unique()
    .on('app_role_assignments')
    .columns(['tenant_id', 'service_principal_id', 'role'])
    .execute()
}
