import { type RawBuilder, sql } from 'kysely'
import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import { everybody, type MethodPolicy, type MethodTarget } from '#server/domain/method-policy.ts'
import type { Connection } from './connection.ts'

/** How many people a policy is for. Guests are left out: no number ever signs one in. */
export interface Reach {
  inScope: number
  /** Of those in scope. */
  licensed: number
  /** In the scope of the second policy and not of the first. */
  added: number
  removed: number
}

interface Row {
  in_scope: number
  licensed: number
  added: number
  removed: number
}

type Mark = 'before in' | 'before out' | 'after in' | 'after out'

export class PolicyReach {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /**
   * Counts over the whole directory in one statement: down from the targets through groups in groups, once for each way a target can count, then
   * everything that is known of each person is laid together. Cross joins, because SQLite keeps their order. No join with people: PostgreSQL guesses
   * how many there are below a group, and where it guesses few it would look through all of them for each.
   */
  async between(before: MethodPolicy, after: MethodPolicy): Promise<Reach> {
    const marked = [...marksOf(before, 'before in', 'before out'), ...marksOf(after, 'after in', 'after out')]
    const tenantId = this.#tenantId
    const isIn = (inside: Mark, outside: Mark) => sql`case when ${has(marked, inside)} and not ${has(marked, outside)} then 1 else 0 end`
    const { rows } = await sql<Row>`
      with recursive targets(id, mark) as (${targetsIn(marked)}),
      reached(id, mark) as (
        select id, mark from targets
        union
        select members.member_id, reached.mark from reached cross join group_members as members
        where members.tenant_id = ${tenantId} and members.group_id = reached.id and members.member_kind = 'group'
      ),
      groups_marked as (select id, ${each((column, mark) => sql`max(case when mark = ${mark} then 1 else 0 end) as ${column}`)} from reached group by id),
      facts as (
        select id, 1 as is_person, 0 as is_licensed, ${each((column) => sql`0 as ${column}`)} from users
        where tenant_id = ${tenantId} and deleted_at is null and user_type <> 'Guest'
        union all
        select user_id, 0, 1, ${each(() => sql`0`)} from user_licences
        where tenant_id = ${tenantId} and sku_id in (${sql.join(skusForSmsSignIn)})
        union all
        select id, 0, 0, ${each((column) => column)} from groups_marked
        union all
        select members.member_id, 0, 0, ${each((column) => column)} from groups_marked cross join group_members as members
        where members.tenant_id = ${tenantId} and members.group_id = groups_marked.id and members.member_kind = 'user'
      ),
      people as (
        select max(is_licensed) as is_licensed, ${each((column) => sql`max(${column}) as ${column}`)} from facts group by id having max(is_person) = 1
      ),
      judged as (
        select is_licensed, ${isIn('before in', 'before out')} as was_in, ${isIn('after in', 'after out')} as is_in from people
      )
      select coalesce(sum(is_in), 0) as in_scope, coalesce(sum(is_in * is_licensed), 0) as licensed,
        coalesce(sum(is_in * (1 - was_in)), 0) as added, coalesce(sum(was_in * (1 - is_in)), 0) as removed
      from judged
    `.execute(this.#connection.kysely)
    const [row] = rows
    if (!row) throw new Error('a sum without a row')
    return { inScope: row.in_scope, licensed: row.licensed, added: row.added, removed: row.removed }
  }
}

const marks: readonly Mark[] = ['before in', 'before out', 'after in', 'after out']

function columnOf(mark: Mark) {
  return sql.ref(mark.replace(' ', '_'))
}

function each(write: (column: RawBuilder<unknown>, mark: Mark) => RawBuilder<unknown>) {
  return sql.join(marks.map((mark) => write(columnOf(mark), mark)))
}

function marksOf({ isEnabled, targets }: MethodPolicy, inside: Mark, outside: Mark): { id: string; mark: Mark }[] {
  return isEnabled ? targets.map(({ id, isExcluded }: MethodTarget) => ({ id, mark: isExcluded ? outside : inside })) : []
}

/** Nobody stands in the group of everybody: whoever it marks, is marked without a row. */
function has(marked: readonly { id: string; mark: Mark }[], mark: Mark) {
  if (marked.some((each) => each.id === everybody && each.mark === mark)) return sql`1 = 1`
  return sql`${columnOf(mark)} = 1`
}

function targetsIn(marked: readonly { id: string; mark: Mark }[]) {
  const named = marked.filter(({ id }) => id !== everybody)
  if (named.length === 0) return sql`select cast('' as text), cast('' as text) where 1 = 0`
  return sql`values ${sql.join(named.map(({ id, mark }) => sql`(cast(${id} as text), cast(${mark} as text))`))}`
}
