import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// What the OpenID provider remembers between two requests: sessions, grants, codes, tokens, what was used once. One table, because they are
// found in the same ways and end together: by their id (only its hash is kept), by their grant, by their person, by their time.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oidc_records')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('user_id', 'text')
    .addColumn('epoch', 'bigint')
    .addColumn('grant_id', 'text')
    .addColumn('uid', 'text')
    .addColumn('user_code', 'text')
    .addColumn('payload_sealed', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('consumed_at', 'bigint')
    .addPrimaryKeyConstraint('oidc_records_key', ['tenant_id', 'kind', 'id'])
    .execute()
  for (const name of ['grant_id', 'uid', 'user_code'] as const) {
    await db.schema
      .createIndex(`oidc_records_by_${name}`)
      .on('oidc_records')
      .columns(['tenant_id', name])
      .where(name, 'is not', null)
      .execute()
  }
  await db.schema
    .createIndex('oidc_records_by_user')
    .on('oidc_records')
    .columns(['tenant_id', 'user_id', 'kind', 'created_at'])
    .where('user_id', 'is not', null)
    .execute()
  // An address that names no tenant has only the code or token itself to go by.
  await db.schema
    .createIndex('oidc_records_by_id')
    .on('oidc_records')
    .columns(['id'])
    .where(sql.ref('kind'), 'in', ['AuthorizationCode', 'RefreshToken', 'DeviceCode'])
    .execute()
  await db.schema.createIndex('oidc_records_by_end').on('oidc_records').columns(['expires_at']).execute()
}
