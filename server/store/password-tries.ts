import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { rememberedMax, waitsMs, wrongPasswordsMax } from '#server/domain/password-lockout.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Vault } from './vault.ts'

const table = 'password_tries'

/** Enough to tell three passwords apart, too little to find out by it what somebody typed. */
const traceLength = 10
const tracesLength = rememberedMax * (traceLength + 1) - 1

const wasWrongBefore = sql`password_tries.recent like '%' || excluded.recent || '%'`
const longestWait = waitsMs.at(-1) ?? 0
const waits = sql.join(
  waitsMs.map(
    (wait, index) =>
      sql`when password_tries.failures + 1 = ${sql.lit(wrongPasswordsMax + index)} then excluded.changed_at + ${sql.lit(wait)}`,
  ),
  sql` `,
)

/**
 * Counts a password before anybody looks at it, unless it is one of those that were wrong a moment ago; while there is a wait it counts
 * nothing and answers no row. One statement, so a thousand at once are counted exactly.
 */
const paying = prepared((db, tenantId: string, person: string, browser: string, trace: string, now: number) =>
  db
    .insertInto(table)
    .values({ tenant_id: tenantId, person, browser, failures: 1, locked_until: 0, recent: trace, changed_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'person', 'browser'])
        .doUpdateSet({
          failures: sql<number>`case when ${wasWrongBefore} then password_tries.failures else password_tries.failures + 1 end`,
          locked_until: sql<number>`case when ${wasWrongBefore} then password_tries.locked_until when password_tries.failures + 1 < ${sql.lit(wrongPasswordsMax)} then 0 ${waits} else excluded.changed_at + ${sql.lit(longestWait)} end`,
          recent: sql<string>`case when ${wasWrongBefore} then password_tries.recent else substr(excluded.recent || ' ' || password_tries.recent, 1, ${sql.lit(tracesLength)}) end`,
          changed_at: sql<number>`excluded.changed_at`,
        })
        .whereRef('password_tries.locked_until', '<=', sql.ref('excluded.changed_at')),
    )
    .returning('failures'),
)
const waiting = prepared((db, tenantId: string, person: string, browser: string) =>
  db.selectFrom(table).select('locked_until').where('tenant_id', '=', tenantId).where('person', '=', person).where('browser', '=', browser),
)
const clearing = prepared((db, tenantId: string, person: string, browser: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('person', '=', person).where('browser', '=', browser),
)
const clearingAll = prepared((db, tenantId: string, person: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('person', '=', person),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('changed_at', '<', before))

/** Whose password is tried, from where: somebody's id or a name nobody has, and the browser where that person has signed in with it before. */
export interface PasswordTrier {
  person: string
  device: string | undefined
}

/** Wrong passwords in a row. After ten the next has to wait; the account is never locked, and other ways to sign in know nothing of it. */
export class PasswordTries {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  /** Pays for one try before the password is looked at. Until when somebody has to wait who may not try at all. */
  async pay(trier: PasswordTrier, password: string, now: Date): Promise<Date | undefined> {
    const { person, browser } = this.#keysOf(trier)
    const trace = this.#traceOf(person, password)
    const paid = await paying.first(this.#connection, this.#tenantId, person, browser, trace, now.getTime())
    if (paid) return undefined
    const row = await waiting.first(this.#connection, this.#tenantId, person, browser)
    return new Date(row?.locked_until ?? now.getTime())
  }

  /** Somebody was right here. What strangers got wrong in other browsers stays counted. */
  async clear(trier: PasswordTrier): Promise<void> {
    const { person, browser } = this.#keysOf(trier)
    await clearing.write(this.#connection, this.#tenantId, person, browser)
  }

  /** Everywhere: the person has a new password, or an administrator says so. */
  async clearAll(person: string): Promise<void> {
    await clearingAll.write(this.#connection, this.#tenantId, this.#keysOf({ person, device: undefined }).person)
  }

  #keysOf({ person, device }: PasswordTrier): { person: string; browser: string } {
    return {
      person: this.#vault.indexOf(`password of ${person}`),
      browser: device === undefined ? '' : createHash('sha256').update(device).digest('base64url'),
    }
  }

  /** Different for everybody, and written without the letters that mean something to `like`. */
  #traceOf(person: string, password: string): string {
    const index = this.#vault.indexOf(`password tried ${person} ${password.normalize('NFC')}`)
    return Buffer.from(index, 'base64url').toString('hex').slice(0, traceLength)
  }
}

/** Of all tenants: those nobody has tried for so long that they may begin anew. */
export async function sweepPasswordTries(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}
