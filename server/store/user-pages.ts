import { type SqlBool, sql } from 'kysely'
import type { Page, Query } from '#server/domain/query.ts'
import type { Connection } from './connection.ts'
import { behind, conditionOf, orderOf, pageOf, searchCondition, sortColumn } from './query-sql.ts'
import { narrowed, pageInTurn, turnsOf } from './query-turns.ts'
import type { Selected } from './schema.ts'
import { shownColumns, userColumns } from './user-columns.ts'

export type UserRow = Pick<Selected<'users'>, (typeof shownColumns)[number]>

type Among = ReturnType<typeof sql<SqlBool>>

/** As many as are cheaper to look at one by one than to look for. */
const fewMax = 500

/** Lists of people, a page at a time and along an index, however many there are. */
export class UserPages<Item> {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #present: (row: UserRow) => Item

  constructor(connection: Connection, tenantId: string, present: (row: UserRow) => Item) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#present = present
  }

  async page(query: Query, among: Among): Promise<Page<Item>> {
    const narrow = await narrowed(query, (skuId) => this.#fewHoldersOf(skuId))
    const turns = turnsOf(narrow, userColumns)
    if (!turns) return this.#pageOf(narrow, among)
    const page = await pageInTurn(turns, narrow, (each) => this.#pageOf(each, among))
    return query.count ? { ...page, count: await this.count(query, among) } : page
  }

  async #pageOf(query: Query, among: Among): Promise<Page<Item>> {
    const { property, descending } = orderOf(query, userColumns, 'displayName')
    const sortedBy = sortColumn(userColumns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(query, among)
      .select(shownColumns)
      .select(sql.ref<string | number>(sortedBy).as('sorted_by'))
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'users.id', descending))
    const count = query.count ? await this.count(query, among) : undefined
    return pageOf(
      await rows.execute(),
      query,
      count,
      (row) => this.#present(row),
      (row) => row.sorted_by,
    )
  }

  /** Undefined where they are many. */
  async #fewHoldersOf(skuId: string): Promise<readonly string[] | undefined> {
    const rows = await this.#connection.kysely
      .selectFrom('user_licences')
      .select('user_id')
      .where('tenant_id', '=', this.#tenantId)
      .where('sku_id', '=', skuId)
      .limit(fewMax + 1)
      .execute()
    if (rows.length > fewMax) return undefined
    // Where nobody holds it, nobody has this id.
    return rows.length === 0 ? [''] : rows.map(({ user_id: id }) => id)
  }

  #matching(query: Query, among: Among) {
    let rows = this.#connection.kysely.selectFrom('users').where('users.tenant_id', '=', this.#tenantId).where(among)
    if (query.filter) rows = rows.where(conditionOf(query.filter, userColumns))
    if (query.search) rows = rows.where(searchCondition(query.search, userColumns))
    return rows
  }

  async count(query: Query, among: Among): Promise<number> {
    const row = await this.#matching(query, among).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
    return row.count
  }
}
