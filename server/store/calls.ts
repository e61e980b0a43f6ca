import { type Locale, locales } from '#contract/locale.ts'
import {
  type Call,
  type CallPurpose,
  type CallState,
  callStates,
  callTriesTotalMax,
  statesBefore,
  triesPerCallMax,
} from '#server/domain/call.ts'
import { type PhoneType, phoneTypes } from '#server/domain/phone.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Inserted, Selected } from './schema.ts'
import type { Vault } from './vault.ts'

type Row = Selected<'calls'>

const table = 'calls'
const open = statesBefore.passed

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const bySlot = prepared((db, tenantId: string, slot: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('slot', '=', slot),
)
const leavingSlot = prepared((db, tenantId: string, id: string) =>
  db.updateTable(table).set({ slot: null }).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const calling = prepared(
  (
    db,
    round: number,
    state: string,
    heldFor: string | null,
    now: number,
    expiresAt: number,
    tenantId: string,
    id: string,
    before: number,
  ) =>
    db
      .updateTable(table)
      .set({ round, state, held_for: heldFor, due_at: now, called_at: now, expires_at: expiresAt })
      .set({ tries: 0, reports: '[]', leases: 0, failures: 0 })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('round', '=', before)
      .where('state', '<>', 'passed')
      .where('used_at', 'is', null)
      .where('tries_total', '<', callTriesTotalMax),
)
const paying = prepared((db, reports: string, now: number, tenantId: string, id: string, round: number, tries: number) =>
  db
    .updateTable(table)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1), tries_total: eb('tries_total', '+', 1), state: 'answered', reports }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('round', '=', round)
    .where('tries', '=', tries)
    .where('state', 'in', open)
    .where('expires_at', '>', now)
    .where('tries', '<', triesPerCallMax)
    .where('tries_total', '<', callTriesTotalMax)
    .returningAll(),
)
const using = prepared((db, now: number, tenantId: string, id: string, round: number, notOver: number) =>
  db
    .updateTable(table)
    .set({ used_at: now, slot: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('round', '=', round)
    .where('state', '=', 'passed')
    .where('used_at', 'is', null)
    .where('expires_at', '>', notOver),
)
const moving = Object.fromEntries(
  callStates
    .filter((state) => state !== 'waiting')
    .map((state) => [
      state,
      prepared((db, tenantId: string, id: string, round: number) =>
        db
          .updateTable(table)
          .set({ state })
          .where('tenant_id', '=', tenantId)
          .where('id', '=', id)
          .where('round', '=', round)
          .where('state', 'in', statesBefore[state]),
      ),
    ]),
)
const starting = prepared((db, state: string, heldFor: string | null, tenantId: string, id: string) =>
  db.updateTable(table).set({ state, held_for: heldFor }).where('tenant_id', '=', tenantId).where('id', '=', id),
)
const removing = prepared((db, tenantId: string, id: string) => db.deleteFrom(table).where('tenant_id', '=', tenantId).where('id', '=', id))
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('started_at', '<', before))
const adding = preparedAdd(table)

export type NewCall = Omit<Call, 'round' | 'tries' | 'triesTotal' | 'reports' | 'calledAt' | 'usedAt' | 'state'>

/** Which browser wants which number called and what for: it has one call at a time. */
export type CallSlot = Pick<Call, 'purpose' | 'number' | 'phoneType' | 'binding'>

type Round = Pick<Call, 'id' | 'round'>

export class Calls {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async find(id: string): Promise<Call | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && this.#toCall(row)
  }

  async findIn(slot: CallSlot): Promise<Call | undefined> {
    const row = await bySlot.first(this.#connection, this.#tenantId, this.#slotOf(slot))
    return row && this.#toCall(row)
  }

  /** False where the slot is taken: of two who add at once, one does. */
  async add(call: NewCall): Promise<boolean> {
    return (await adding(this.#connection, this.#toRow(call))) > 0
  }

  /** It is paid for and may ring, or is held for a reason all the same. */
  async begin(id: string, heldFor: string | undefined): Promise<void> {
    const { state, held_for } = beginning(heldFor)
    await starting.write(this.#connection, state, held_for, this.#tenantId, id)
  }

  async remove(id: string): Promise<void> {
    await removing.write(this.#connection, this.#tenantId, id)
  }

  /** Makes room for the call after this one. */
  async leaveSlot(id: string): Promise<void> {
    await leavingSlot.write(this.#connection, this.#tenantId, id)
  }

  /** False where somebody else called again, or it was passed, in the meantime. */
  async callAgain({ id, round }: Round, { expiresAt, heldFor }: Pick<Call, 'expiresAt' | 'heldFor'>, now: Date): Promise<boolean> {
    const { state, held_for } = beginning(heldFor)
    const [at, expires] = [now.getTime(), expiresAt.getTime()]
    return (await calling.write(this.#connection, round + 1, state, held_for, at, expires, this.#tenantId, id, round)) > 0
  }

  /**
   * Pays for one try before anyone looks at the keys, and remembers the report that brought them. Undefined where another report was faster, or
   * there is nothing left to try.
   */
  async payForKeys({ id, round, tries, reports }: Call, report: string, now: Date): Promise<Call | undefined> {
    const all = JSON.stringify([...reports, report])
    const row = await paying.first(this.#connection, all, now.getTime(), this.#tenantId, id, round, tries)
    return row && this.#toCall(row)
  }

  /** Only forward; false where it is there or further already. */
  async move({ id, round }: Round, state: Exclude<CallState, 'waiting'>): Promise<boolean> {
    return ((await moving[state]?.write(this.#connection, this.#tenantId, id, round)) ?? 0) > 0
  }

  /** Uses up what a call has proven. Of all who try, exactly one hears true. */
  async use({ id, round }: Round, now: Date): Promise<boolean> {
    return (await using.write(this.#connection, now.getTime(), this.#tenantId, id, round, now.getTime())) > 0
  }

  #slotOf({ binding, purpose, number, phoneType }: CallSlot): string {
    return this.#vault.indexOf(JSON.stringify(['call', binding, purpose, number, phoneType]))
  }

  #toRow(call: NewCall): Inserted<typeof table> {
    const { id, number, extension, startedAt, heldFor } = call
    const started = startedAt.getTime()
    return {
      tenant_id: this.#tenantId,
      id,
      purpose: call.purpose,
      user_id: call.userId ?? null,
      number_sealed: this.#vault.seal(number, place(id, 'number_sealed')),
      number_index: this.#vault.indexOf(number),
      extension_sealed: extension === undefined ? null : this.#vault.seal(extension, place(id, 'extension_sealed')),
      phone_type: call.phoneType,
      binding: call.binding,
      slot: this.#slotOf(call),
      locale: call.locale,
      round: 1,
      ...beginning(heldFor),
      tries: 0,
      tries_total: 0,
      reports: '[]',
      leases: 0,
      failures: 0,
      due_at: started,
      started_at: started,
      called_at: started,
      expires_at: call.expiresAt.getTime(),
      used_at: null,
    }
  }

  #toCall(row: Row): Call {
    return {
      id: row.id,
      // Only `#toRow` writes this column, from a value of this type.
      purpose: row.purpose as CallPurpose,
      userId: row.user_id ?? undefined,
      number: canonicalNumber(this.#vault.open(row.number_sealed, place(row.id, 'number_sealed'))),
      phoneType: toType(row.phone_type),
      extension: row.extension_sealed === null ? undefined : this.#vault.open(row.extension_sealed, place(row.id, 'extension_sealed')),
      binding: row.binding,
      locale: toLocale(row.locale),
      round: row.round,
      state: toState(row.state),
      heldFor: row.held_for ?? undefined,
      tries: row.tries,
      triesTotal: row.tries_total,
      reports: textsOf(row.reports),
      startedAt: new Date(row.started_at),
      calledAt: new Date(row.called_at),
      expiresAt: new Date(row.expires_at),
      usedAt: row.used_at === null ? undefined : new Date(row.used_at),
    }
  }
}

/** Of all tenants. */
export async function sweepCalls(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

function place(id: string, column: string) {
  return { table, column, row: id }
}

/** What is held rings nowhere, and ends like a phone that nobody picks up. */
function beginning(heldFor: string | undefined) {
  return { state: heldFor === undefined ? 'waiting' : 'ringing', held_for: heldFor ?? null }
}

function toState(text: string): CallState {
  return callStates.find((state) => state === text) ?? 'failed'
}

function toType(text: string): PhoneType {
  return phoneTypes.find((type) => type === text) ?? 'office'
}

function toLocale(text: string): Locale {
  return locales.find((locale) => locale === text) ?? 'en'
}

function textsOf(json: string): string[] {
  const parsed: unknown = JSON.parse(json)
  return Array.isArray(parsed) ? parsed.filter((each) => typeof each === 'string') : []
}
