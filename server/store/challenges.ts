import { type Locale, locales } from '#contract/locale.ts'
import type { Challenge } from '#server/domain/challenge.ts'
import { triesMax, triesTotalMax } from '#server/domain/challenge.ts'
import type { CodePurpose } from '#server/domain/code-purpose.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
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
const paying = prepared((db, now: number, tenantId: string, id: string, binding: string, purpose: string) =>
  db
    .updateTable(table)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1), tries_total: eb('tries_total', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
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

export type NewChallenge = Pick<Challenge, 'id' | 'purpose' | 'userId' | 'number' | 'binding' | 'locale' | 'startedAt' | 'expiresAt'>

/** Which browser asks for which number and what for: it has one challenge at a time. */
export type Slot = Pick<Challenge, 'purpose' | 'number' | 'binding'>

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
  async payForTry(id: string, { binding, purpose }: Pick<Challenge, 'binding' | 'purpose'>, now: Date): Promise<Challenge | undefined> {
    const row = await paying.first(this.#connection, now.getTime(), this.#tenantId, id, binding, purpose)
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

  /** What budgets and pauses of this number are kept under; it tells nobody the number. */
  indexOf(number: PhoneNumber): string {
    return this.#vault.indexOf(number)
  }

  #slotOf({ binding, purpose, number }: Slot): string {
    return this.#vault.indexOf(JSON.stringify(['slot', binding, purpose, number]))
  }

  #toRow({ id, purpose, userId, number, binding, locale, startedAt, expiresAt }: NewChallenge): Inserted<typeof table> {
    const started = startedAt.getTime()
    return {
      tenant_id: this.#tenantId,
      id,
      method: 'sms',
      purpose,
      user_id: userId ?? null,
      number_sealed: this.#vault.seal(number, place(id)),
      number_index: this.#vault.indexOf(number),
      binding,
      slot: this.#slotOf({ binding, purpose, number }),
      locale,
      generation: 1,
      tries: 0,
      tries_total: 0,
      sends: 1,
      started_at: started,
      sent_at: started,
      expires_at: expiresAt.getTime(),
      passed_at: null,
    }
  }

  #toChallenge(row: Row): Challenge {
    return {
      id: row.id,
      // Only `#toRow` writes this column, from a value of this type.
      purpose: row.purpose as CodePurpose,
      number: canonicalNumber(this.#vault.open(row.number_sealed, place(row.id))),
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

function place(id: string) {
  return { table, column: 'number_sealed', row: id }
}
