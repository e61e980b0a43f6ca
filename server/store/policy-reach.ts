import { sql } from 'kysely'
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
   * past every person once. Cross joins, because SQLite keeps their order; sums of marks in place of `in`, which PostgreSQL may ask row by row.
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
      people(id, mark) as (
        select id, mark from targets
        union all
        select members.member_id, reached.mark from reached cross join group_members as members
        where members.tenant_id = ${tenantId} and members.group_id = reached.id and members.member_kind = 'user'
      ),
      marks as (
        select id, max(case when mark = 'before in' then 1 else 0 end) as before_in, max(case when mark = 'before out' then 1 else 0 end) as before_out,
          max(case when mark = 'after in' then 1 else 0 end) as after_in, max(case when mark = 'after out' then 1 else 0 end) as after_out
        from people group by id
      ),
      licensed as (
        select distinct user_id from user_licences where tenant_id = ${tenantId} and sku_id in (${sql.join(skusForSmsSignIn)})
      ),
      judged as (
        select ${isIn('before in', 'before out')} as was_in, ${isIn('after in', 'after out')} as is_in,
          case when licensed.user_id is null then 0 else 1 end as is_licensed
        from users left join marks on marks.id = users.id left join licensed on licensed.user_id = users.id
        where users.tenant_id = ${tenantId} and users.deleted_at is null and users.user_type <> 'Guest'
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

function marksOf({ isEnabled, targets }: MethodPolicy, inside: Mark, outside: Mark): { id: string; mark: Mark }[] {
  return isEnabled ? targets.map(({ id, isExcluded }: MethodTarget) => ({ id, mark: isExcluded ? outside : inside })) : []
}

/** Nobody stands in the group of everybody: whoever it marks, is marked without a row. */
function has(marked: readonly { id: string; mark: Mark }[], mark: Mark) {
  if (marked.some((each) => each.id === everybody && each.mark === mark)) return sql`1 = 1`
  return sql`coalesce(${sql.ref(`marks.${mark.replace(' ', '_')}`)}, 0) = 1`
}

function targetsIn(marked: readonly { id: string; mark: Mark }[]) {
  const named = marked.filter(({ id }) => id !== everybody)
  if (named.length === 0) return sql`select cast('' as text), cast('' as text) where 1 = 0`
  return sql`values ${sql.join(named.map(({ id, mark }) => sql`(cast(${id} as text), cast(${mark} as text))`))}`
}
