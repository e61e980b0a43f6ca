import { type Locale, locales } from '#contract/locale.ts'
import { type Challenge, type CodeMethod, triesMax, triesTotalMax } from '#server/domain/challenge.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import { countryOf } from '#server/domain/phone-number.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Inserted, Selected } from './schema.ts'
import type { Vault } from './vault.ts'

type Row = Selected<'challenges'>

const table = 'challenges'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const bySlot = prepared((db, tenantId: string, slot: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('slot', '=', slot),
)
const leavingSlot = prepared((db, tenantId: string, id: string) =>
  db.updateTable(table).set({ slot: null }).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const paying = prepared((db, now: number, tenantId: string, id: string, method: string, binding: string, purpose: string) =>
  db
    .updateTable(table)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1), tries_total: eb('tries_total', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('method', '=', method)
    .where('binding', '=', binding)
    .where('purpose', '=', purpose)
    .where('passed_at', 'is', null)
    .where('expires_at', '>', now)
    .where('tries', '<', triesMax)
    .where('tries_total', '<', triesTotalMax)
    .returningAll(),
)
const passing = prepared((db, now: number, tenantId: string, id: string, generation: number) =>
  db
    .updateTable(table)
    .set({ passed_at: now, slot: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('passed_at', 'is', null),
)
const sendingAgain = prepared(
  (db, sends: number, generation: number, tries: number, sentAt: number, expiresAt: number, tenantId: string, id: string, before: number) =>
    db
      .updateTable(table)
      .set({ sends, generation, tries, sent_at: sentAt, expires_at: expiresAt })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('sends', '=', before)
      .where('passed_at', 'is', null)
      .where('tries_total', '<', triesTotalMax),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('started_at', '<', before))
const adding = preparedAdd(table)

export type NewChallenge = Pick<
  Challenge,
  'id' | 'method' | 'purpose' | 'userId' | 'receiver' | 'binding' | 'locale' | 'startedAt' | 'expiresAt'
>

/** Which browser asks for a code to which receiver and what for: it has one challenge at a time. */
export type Slot = Pick<Challenge, 'method' | 'purpose' | 'receiver' | 'binding'>

export class Challenges {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async find(id: string): Promise<Challenge | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && this.#toChallenge(row)
  }

  async findIn(slot: Slot): Promise<Challenge | undefined> {
    const row = await bySlot.first(this.#connection, this.#tenantId, this.#slotOf(slot))
    return row && this.#toChallenge(row)
  }

  /** False where the slot is taken: of two who add at once, one does. */
  async add(challenge: NewChallenge): Promise<boolean> {
    return (await adding(this.#connection, this.#toRow(challenge))) > 0
  }

  /** Makes room for the challenge after this one. */
  async leaveSlot(id: string): Promise<void> {
    await leavingSlot.write(this.#connection, this.#tenantId, id)
  }

  /** Pays for one try before anyone looks at the answer, so that guesses that race cannot share one. */
  async payForTry(
    id: string,
    { method, binding, purpose }: Pick<Challenge, 'method' | 'binding' | 'purpose'>,
    now: Date,
  ): Promise<Challenge | undefined> {
    const row = await paying.first(this.#connection, now.getTime(), this.#tenantId, id, method, binding, purpose)
    return row && this.#toChallenge(row)
  }

  /** Uses the code up. Of all who hold the right one, exactly one hears true. */
  async pass({ id, generation }: Pick<Challenge, 'id' | 'generation'>, now: Date): Promise<boolean> {
    return (await passing.write(this.#connection, now.getTime(), this.#tenantId, id, generation)) > 0
  }

  /** False where somebody else sent again, or passed, in the meantime. */
  async sendAgain(
    { id, sends: before }: Pick<Challenge, 'id' | 'sends'>,
    { sends, generation, tries, sentAt, expiresAt }: Pick<Challenge, 'sends' | 'generation' | 'tries' | 'sentAt' | 'expiresAt'>,
  ): Promise<boolean> {
    const [sent, expires] = [sentAt.getTime(), expiresAt.getTime()]
    return (await sendingAgain.write(this.#connection, sends, generation, tries, sent, expires, this.#tenantId, id, before)) > 0
  }

  /** What budgets and pauses of this receiver are kept under; it tells nobody who that is. */
  indexOf(receiver: string): string {
    return this.#vault.indexOf(receiver)
  }

  #slotOf({ method, binding, purpose, receiver }: Slot): string {
    return this.#vault.indexOf(JSON.stringify(['slot', method, binding, purpose, receiver]))
  }

  #toRow({ id, method, purpose, userId, receiver, binding, locale, startedAt, expiresAt }: NewChallenge): Inserted<typeof table> {
    const started = startedAt.getTime()
    return {
      tenant_id: this.#tenantId,
      id,
      method,
      purpose,
      user_id: userId ?? null,
      number_sealed: this.#vault.seal(receiver, place(id)),
      number_index: this.#vault.indexOf(receiver),
      binding,
      slot: this.#slotOf({ method, binding, purpose, receiver }),
      locale,
      generation: 1,
      tries: 0,
      tries_total: 0,
      sends: 1,
      started_at: started,
      sent_at: started,
      expires_at: expiresAt.getTime(),
      passed_at: null,
      country: method === 'sms' ? (countryOf(receiver) ?? null) : null,
    }
  }

  #toChallenge(row: Row): Challenge {
    return {
      id: row.id,
      // Only `#toRow` writes these columns, from values of these types.
      method: row.method as CodeMethod,
      purpose: row.purpose as CodePurpose,
      receiver: this.#vault.open(row.number_sealed, place(row.id)),
      userId: row.user_id ?? undefined,
      binding: row.binding,
      locale: toLocale(row.locale),
      generation: row.generation,
      tries: row.tries,
      triesTotal: row.tries_total,
      sends: row.sends,
      startedAt: new Date(row.started_at),
      sentAt: new Date(row.sent_at),
      expiresAt: new Date(row.expires_at),
      passedAt: row.passed_at === null ? undefined : new Date(row.passed_at),
    }
  }
}

/** Of all tenants. */
export async function sweepChallenges(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

function toLocale(text: string): Locale {
  return locales.find((locale) => locale === text) ?? 'en'
}

/** The columns are as old as the first messages, which all went to numbers; whoever runs beside us still knows them by that name. */
function place(id: string) {
  return { table, column: 'number_sealed', row: id }
}
