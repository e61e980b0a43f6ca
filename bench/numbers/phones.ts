import { canonicalNumber } from '#server/domain/phone-number.ts'
import type { Connection } from '#server/store/connection.ts'
import type { System } from '#server/system.ts'
import { idOf } from '../directory.ts'

const perTransaction = 500

/** A mobile number for each of the first so many, as they get one by a file: sealed, and found by. */
export async function fillWithPhones(system: System, people: number): Promise<void> {
  for (let from = 1; from <= people; from += perTransaction) {
    await system.inTransaction(async ({ phones }) => {
      for (let n = from; n < from + perTransaction && n <= people; n++) {
        const number = canonicalNumber(numberOf(n))
        const phone = { userId: idOf(n), type: 'mobile', number, extension: undefined, isSignInName: true, signInWish: 'wanted' } as const
        await phones.add(phone, system.now())
      }
    })
  }
}

export function numberOf(n: number): string {
  return `+316${String(30_000_000 + n)}`
}

/** Numbers that nobody will ever read, made inside the database, for every second person behind the first so many: what a report counts. */
export async function fillWithUnreadablePhones(connection: Connection, tenantId: string, after: number): Promise<void> {
  const values: Readonly<Record<string, string>> = {
    tenant_id: 'tenant_id',
    user_id: 'id',
    phone_type: `'mobile'`,
    number_sealed: `'unreadable'`,
    number_index: `'of ' || id`,
    number_anywhere: `'of ' || id`,
    country: `'NL'`,
    is_sign_in_name: '0',
    sign_in_wish: `'never tried'`,
    created_at: '1',
  }
  const columns = (await connection.kysely.introspection.getTables()).find((table) => table.name === 'phones')?.columns ?? []
  const names = columns.map(({ name }) => name)
  const selected = names.map((name) => values[name] ?? 'null')
  // The last digits of an id count the people.
  const isSecond = `substr(id, 36) in ('1', '3', '5', '7', '9', 'b', 'd', 'f') and substr(id, 25) > '${after.toString(16).padStart(12, '0')}'`
  await connection.run(
    `insert into phones (${names.join(', ')}) select ${selected.join(', ')} from users where tenant_id = '${tenantId}' and id like '%-4000-8000-%' and ${isSecond}`,
    [],
  )
  await connection.run('analyze', [])
}
