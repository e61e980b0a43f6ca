import { sql } from 'kysely'
import type { NewPhone, Phone, PhoneChanges, PhoneType, SignInHolder, SignInWish } from '#server/domain/phone.ts'
import { canonicalNumber, countryOf, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { Connection } from './connection.ts'
import type { NumbersAnywhere } from './numbers-anywhere.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

type Row = Selected<'phones'>

const ofUser = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom('phones').selectAll().where('tenant_id', '=', tenantId).where('user_id', '=', userId).orderBy('phone_type', 'desc'),
)
/** A deleted person is not found even where the claim was left standing. */
const holder = prepared((db, tenantId: string, numberIndex: string) =>
  db
    .selectFrom('phones')
    .innerJoin('users', (join) => join.onRef('users.tenant_id', '=', 'phones.tenant_id').onRef('users.id', '=', 'phones.user_id'))
    .select(['phones.phone_type', 'phones.proven_at', 'phones.used_at', 'phones.confirmed_at', 'phones.created_at'])
    .select(['users.id', 'users.display_name', 'users.user_principal_name', 'users.preferred_language'])
    .select(['users.account_enabled', 'users.user_type'])
    .where('phones.tenant_id', '=', tenantId)
    .where('phones.number_index', '=', numberIndex)
    // Written out, since PostgreSQL uses a partial index only where it can see that the row belongs to it.
    .where('phones.is_sign_in_name', '=', sql.lit(1))
    .where('users.deleted_at', 'is', null),
)
const claimOf = prepared((db, tenantId: string, numberIndex: string) =>
  db
    .selectFrom('phones')
    .select(['user_id', 'phone_type'])
    .where('tenant_id', '=', tenantId)
    .where('number_index', '=', numberIndex)
    .where('is_sign_in_name', '=', sql.lit(1)),
)
const withNumber = prepared((db, tenantId: string, numberIndex: string) =>
  db
    .selectFrom('phones')
    .innerJoin('users', (join) => join.onRef('users.tenant_id', '=', 'phones.tenant_id').onRef('users.id', '=', 'phones.user_id'))
    .selectAll('phones')
    .where('phones.tenant_id', '=', tenantId)
    .where('phones.number_index', '=', numberIndex)
    .where('users.deleted_at', 'is', null),
)
const waiting = prepared((db, tenantId: string, numberIndex: string) =>
  db
    .selectFrom('phones')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('number_index', '=', numberIndex)
    .where('sign_in_wish', '=', 'wanted')
    .where('is_sign_in_name', '=', 0)
    .limit(1),
)
const inCountry = prepared((db, tenantId: string, country: string) =>
  db.selectFrom('phones').select('phone_type').where('tenant_id', '=', tenantId).where('country', '=', country).limit(1),
)
const counted = prepared((db, tenantId: string) =>
  db
    .selectFrom('phones')
    .select(sql<number>`count(*)`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('is_sign_in_name', '=', sql.lit(1)),
)
const used = prepared((db, now: number, tenantId: string, userId: string, type: string) =>
  db
    .updateTable('phones')
    .set({ proven_at: now, used_at: now, is_voice_only: 0 })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('phone_type', '=', type),
)
const freed = prepared((db, tenantId: string, userId: string) =>
  db.updateTable('phones').set({ is_sign_in_name: 0 }).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const removed = prepared((db, tenantId: string, userId: string, type: string) =>
  db.deleteFrom('phones').where('tenant_id', '=', tenantId).where('user_id', '=', userId).where('phone_type', '=', type),
)
const addRow = preparedAdd('phones')
const changeRow = preparedChange('phones', ['tenant_id', 'user_id', 'phone_type'])

/** What was known of the number before it was another. */
const forgotten = { proven_at: null, used_at: null, confirmed_at: null, extension_sealed: null, is_voice_only: 0 }

export class Phones {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault
  readonly #anywhere: NumbersAnywhere

  constructor(connection: Connection, tenantId: string, vault: Vault, anywhere: NumbersAnywhere) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
    this.#anywhere = anywhere
  }

  async ofUser(userId: string): Promise<Phone[]> {
    return (await ofUser.all(this.#connection, this.#tenantId, userId)).map((row) => this.#toPhone(row))
  }

  async find(userId: string, type: PhoneType): Promise<Phone | undefined> {
    return (await this.ofUser(userId)).find((phone) => phone.type === type)
  }

  async signInNumberOf(userId: string): Promise<PhoneNumber | undefined> {
    return (await this.ofUser(userId)).find((phone) => phone.isSignInName)?.number
  }

  /** Whom this number names at sign-in, and everything about them that decides whether it may. */
  async findSignInHolder(number: PhoneNumber): Promise<SignInHolder | undefined> {
    const row = await holder.first(this.#connection, this.#tenantId, this.#vault.indexOf(number))
    return (
      row && {
        user: {
          id: row.id,
          displayName: row.display_name,
          userPrincipalName: row.user_principal_name,
          preferredLanguage: row.preferred_language ?? undefined,
          accountEnabled: row.account_enabled === 1,
          userType: row.user_type === 'Guest' ? 'Guest' : 'Member',
        },
        number,
        type: toType(row.phone_type),
        provenAt: toDate(row.proven_at),
        usedAt: toDate(row.used_at),
        confirmedAt: toDate(row.confirmed_at),
        createdAt: new Date(row.created_at),
      }
    )
  }

  /** Everybody living with this number, whatever they use it for, in one order: asked for it, SQLite would walk all numbers in that order. */
  async withNumber(number: PhoneNumber): Promise<Phone[]> {
    const rows = await withNumber.all(this.#connection, this.#tenantId, this.#vault.indexOf(number))
    const placed = rows.map((row) => ({ place: `${row.user_id} ${row.phone_type}`, row }))
    return placed.sort((one, other) => (one.place < other.place ? -1 : 1)).map(({ row }) => this.#toPhone(row))
  }

  /** The same for many numbers at once. */
  async withNumbers(numbers: readonly PhoneNumber[]): Promise<Map<PhoneNumber, Phone[]>> {
    const indexes = numbers.map((number) => this.#vault.indexOf(number))
    return Map.groupBy(await this.#among('number_index', indexes), ({ number }) => number)
  }

  /** Of people just read, `areLiving` is known: where PostgreSQL guesses few it would look through all people for each number. */
  async ofUsers(userIds: readonly string[], areLiving = false): Promise<Map<string, Phone[]>> {
    return Map.groupBy(await this.#among('user_id', userIds, areLiving), ({ userId }) => userId)
  }

  async hasCountry(country: string): Promise<boolean> {
    return (await inCountry.first(this.#connection, this.#tenantId, country)) !== undefined
  }

  /** Does somebody wait for this number to become their user name? Nothing of anybody is opened for the answer, so it comes as fast for all. */
  async isWaitedFor(number: PhoneNumber): Promise<boolean> {
    return (await waiting.first(this.#connection, this.#tenantId, this.#vault.indexOf(number))) !== undefined
  }

  async countSignInNames(): Promise<number> {
    return (await counted.first(this.#connection, this.#tenantId))?.count ?? 0
  }

  /**
   * False when the number is to name this person and already names somebody, or this person has one of this type. The unique index is asked by writing, so of
   * those who come at once exactly one gets the number.
   */
  async add({ userId, type, number, extension, isSignInName, signInWish, isVoiceOnly, provenAt }: NewPhone, now: Date): Promise<boolean> {
    const row: Row = {
      tenant_id: this.#tenantId,
      user_id: userId,
      phone_type: type,
      ...this.#numberColumns(userId, type, number),
      is_sign_in_name: isSignInName ? 1 : 0,
      sign_in_wish: signInWish,
      proven_at: provenAt?.getTime() ?? null,
      used_at: null,
      created_at: now.getTime(),
      extension_sealed: this.#sealedExtension(userId, type, extension),
      confirmed_at: null,
      is_voice_only: isVoiceOnly ? 1 : 0,
    }
    return (await addRow(this.#connection, row)) > 0
  }

  /**
   * False, and nothing changed, when the number is to name this person and already names somebody else. A race for it breaks on the unique
   * index, and the transaction that lost runs again and finds the winner.
   */
  async change(userId: string, type: PhoneType, changes: PhoneChanges, now: Date): Promise<boolean> {
    const before = await this.find(userId, type)
    if (!before) return false
    const number = changes.number ?? before.number
    const isNew = number !== before.number
    const signInWish = changes.signInWish ?? before.signInWish
    // Only who asks for it gets it: whoever changes something else does not take a number that became free meanwhile.
    const asks = before.isSignInName || isNew || changes.signInWish === 'wanted'
    const isSignInName = signInWish === 'wanted' && asks && !changes.waitsForName
    if (isSignInName && (await this.#isAnothers(userId, type, number))) return false
    const columns = {
      ...(isNew && { ...this.#numberColumns(userId, type, number), created_at: now.getTime(), ...forgotten }),
      ...('extension' in changes && { extension_sealed: this.#sealedExtension(userId, type, changes.extension) }),
      // Whoever says that it signs in says that texts arrive.
      ...(isSignInName ? { is_voice_only: 0 } : changes.isVoiceOnly !== undefined && { is_voice_only: changes.isVoiceOnly ? 1 : 0 }),
      ...(changes.confirmedAt && { confirmed_at: changes.confirmedAt.getTime() }),
      ...(changes.provenAt && { proven_at: changes.provenAt.getTime() }),
      is_sign_in_name: isSignInName ? 1 : 0,
      sign_in_wish: signInWish,
    }
    return (await changeRow(this.#connection, [this.#tenantId, userId, type], columns)) > 0
  }

  async remove(userId: string, type: PhoneType): Promise<boolean> {
    return (await removed.write(this.#connection, this.#tenantId, userId, type)) > 0
  }

  /** A right code came back from a text to this number: it is used, and proven once more. */
  async markUsed(userId: string, type: PhoneType, now: Date): Promise<void> {
    await used.write(this.#connection, now.getTime(), this.#tenantId, userId, type)
  }

  /** Whoever left keeps their numbers and signs in with none; others may take them. */
  async freeSignInNames(userId: string): Promise<void> {
    await freed.write(this.#connection, this.#tenantId, userId)
  }

  /** Whoever came back signs in with what they did before, unless somebody else took it meanwhile. */
  async claimAgain(userId: string, now: Date): Promise<void> {
    const waiting = (await this.ofUser(userId)).filter(({ signInWish }) => signInWish === 'wanted')
    for (const { type } of waiting) await this.change(userId, type, { signInWish: 'wanted' }, now)
  }

  async #isAnothers(userId: string, type: PhoneType, number: PhoneNumber): Promise<boolean> {
    const claim = await claimOf.first(this.#connection, this.#tenantId, this.#vault.indexOf(number))
    return claim !== undefined && (claim.user_id !== userId || claim.phone_type !== type)
  }

  async #among(column: 'number_index' | 'user_id', values: readonly string[], areLiving = false): Promise<Phone[]> {
    if (values.length === 0) return []
    const own = this.#connection.kysely.selectFrom('phones').selectAll('phones').where('phones.tenant_id', '=', this.#tenantId)
    const all = own.where(`phones.${column}`, 'in', values)
    const living = all
      .innerJoin('users', (join) => join.onRef('users.tenant_id', '=', 'phones.tenant_id').onRef('users.id', '=', 'phones.user_id'))
      .where('users.deleted_at', 'is', null)
    return (await (areLiving ? all : living).execute()).map((row) => this.#toPhone(row))
  }

  #numberColumns(userId: string, type: PhoneType, number: PhoneNumber) {
    return {
      number_sealed: this.#vault.seal(number, placeOf(userId, type)),
      number_index: this.#vault.indexOf(number),
      number_anywhere: this.#anywhere.indexOf(number),
      country: countryOf(number) ?? null,
    }
  }

  #sealedExtension(userId: string, type: PhoneType, extension: string | undefined): string | null {
    return extension === undefined ? null : this.#vault.seal(extension, extensionPlace(userId, type))
  }

  #toPhone(row: Row): Phone {
    const type = toType(row.phone_type)
    return {
      userId: row.user_id,
      type,
      number: canonicalNumber(this.#vault.open(row.number_sealed, placeOf(row.user_id, type))),
      ...(row.extension_sealed !== null && { extension: this.#vault.open(row.extension_sealed, extensionPlace(row.user_id, type)) }),
      isSignInName: row.is_sign_in_name === 1,
      signInWish: toWish(row.sign_in_wish),
      isVoiceOnly: row.is_voice_only === 1,
      provenAt: toDate(row.proven_at),
      usedAt: toDate(row.used_at),
      confirmedAt: toDate(row.confirmed_at),
      createdAt: new Date(row.created_at),
    }
  }
}

function placeOf(userId: string, type: PhoneType) {
  return { table: 'phones', column: 'number_sealed', row: `${userId} ${type}` }
}

function extensionPlace(userId: string, type: PhoneType) {
  return { table: 'phones', column: 'extension_sealed', row: `${userId} ${type}` }
}

function toType(text: string): PhoneType {
  return text === 'mobile' || text === 'alternateMobile' ? text : 'office'
}

function toWish(text: string): SignInWish {
  return text === 'wanted' || text === 'off' ? text : 'never tried'
}

function toDate(milliseconds: number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds)
}
