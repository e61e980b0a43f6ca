import type { Connection } from '#server/store/connection.ts'

/** Fills a tenant with people, made inside the database: a million of them in about a minute. */
export async function fillWithPeople(connection: Connection, tenantId: string, count: number, domain: string): Promise<void> {
  const columns = (await connection.kysely.introspection.getTables()).find((table) => table.name === 'users')?.columns ?? []
  const values = columns.map(({ name }) => valueFor(connection.engine, name, tenantId, domain))
  const numbers =
    connection.engine === 'sqlite'
      ? `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`
      : `with numbers(n) as (select generate_series(1, ${count}))`
  await connection.run(
    `${numbers} insert into users (${columns.map(({ name }) => name).join(', ')}) select ${values.join(', ')} from numbers`,
    [],
  )
  await connection.run('analyze', [])
}

/** Twenty letters of a name to begin with, as people's names do; ids that spread as random ones do. */
function valueFor(engine: Connection['engine'], column: string, tenantId: string, domain: string): string {
  const spread = 'cast((cast(n as bigint) * 7919) % 1000003 as integer)'
  const letter = `substr('abcdefghijlmnoprstvw', ${spread} % 20 + 1, 1)`
  const hex = engine === 'sqlite' ? `printf('%08x', ${spread})` : `lpad(to_hex(${spread}), 8, '0')`
  const hexN = engine === 'sqlite' ? `printf('%012x', n)` : `lpad(to_hex(n), 12, '0')`
  const values: Readonly<Record<string, string>> = {
    tenant_id: `'${tenantId}'`,
    id: `${hex} || '-0000-4000-8000-' || ${hexN}`,
    user_principal_name: `'user' || n || '@${domain}'`,
    user_principal_name_lowered: `'user' || n || '@${domain}'`,
    display_name: `upper(${letter}) || 'erson ' || n`,
    display_name_lowered: `${letter} || 'erson ' || n`,
    mail_nickname: `'user' || n`,
    mail_nickname_lowered: `'user' || n`,
    department: `'Store ' || (n % 50)`,
    department_lowered: `'store ' || (n % 50)`,
    job_title: `'Retail worker'`,
    job_title_lowered: `'retail worker'`,
    other_mails: `'[]'`,
    user_type: `'Member'`,
    account_enabled: '1',
    must_change_password: '0',
    epoch: '1',
    sessions_valid_from: '1',
    created_at: '1',
  }
  return values[column] ?? (column.endsWith('_lowered') ? `''` : 'null')
}
