import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// An import may be killed at any row and goes on behind the last batch that was kept, so how far it came is written in the same transaction
// as the people themselves. A file that came by the API stands here, sealed, until its last row is done: any node may take over.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')
const count = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('source_index', 'text', required)
    .addColumn('source_sealed', 'text')
    .addColumn('orders', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('problem', 'text')
    .addColumn('rows_done', 'integer', count)
    .addColumn('created', 'integer', count)
    .addColumn('updated', 'integer', count)
    .addColumn('unchanged', 'integer', count)
    .addColumn('skipped', 'integer', count)
    .addColumn('failed', 'integer', count)
    .addColumn('lease', 'text')
    .addColumn('leased_until', 'bigint', required)
    .addColumn('started_at', 'bigint', required)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('imports_key', ['tenant_id', 'id'])
    .execute()
  await db.schema.createIndex('imports_by_source').on('imports').columns(['tenant_id', 'source_index', 'state']).execute()
  await db.schema.createIndex('imports_by_start').on('imports').columns(['tenant_id', 'started_at', 'id']).execute()
  await db.schema.createIndex('imports_by_state').on('imports').columns(['state', 'leased_until']).execute()

  await db.schema
    .createTable('import_rows')
    .addColumn('tenant_id', 'text', required)
    .addColumn('import_id', 'text', required)
    .addColumn('row_number', 'integer', required)
    .addColumn('name', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('notes', 'text', required)
    .addPrimaryKeyConstraint('import_rows_key', ['tenant_id', 'import_id', 'row_number'])
    .addForeignKeyConstraint('import_rows_import', ['tenant_id', 'import_id'], 'imports', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
