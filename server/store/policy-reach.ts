import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type PolicyEffect, policyEffects } from '#contract/graph/policy-effects.ts'
import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import { everybody, type MethodTarget } from '#server/domain/method-policy.ts'
import { type AffectedPerson, type PolicyChange, type Reach, targetsChanged, targetsNamed } from '#server/domain/policy-effect.ts'
import type { Page, PageEnd } from '#server/domain/query.ts'
import type { UserType } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { eachMark, marksOf, sideOf } from './policy-marks.ts'
import { prepared } from './prepared.ts'

/** How many people below the targets are looked up by their ids rather than by going through everybody. */
const belowMax = 50_000
/** How many are looked at in one go: SQLite stands still for others while it looks. */
const idsMax = 5_000
const portionMax = 10_000
/** How many are looked at for who does not insist on an exact count. */
const quicklyMax = 100_000

/** Some of the people of an organisation: these, or a stretch of ids. */
type Portion = { isAll: boolean } & ({ ids: readonly string[] } | { after: string; upTo: string | undefined })

const endOfPortion = prepared((db, tenantId: string, after: string, skipped: number) =>
  db.selectFrom('users').select('id').where('tenant_id', '=', tenantId).where('id', '>', after).orderBy('id').limit(1).offset(skipped),
)

interface PersonRow {
  id: string
  display_name: string
  display_name_lowered: string
  user_principal_name: string
  department: string | null
  user_type: string
  account_enabled: number
}

const counted = ['in_scope', 'licensed', 'added', 'removed', ...policyEffects] as const
type Counts = Record<(typeof counted)[number], number>

/** Who a policy is for, and what another one in its place would give to whom and take from whom. */
export class PolicyReach {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** In a hurry, only the first of many are looked at: first what changes for whom, which often is for few, then all the policy is for. */
  async count(change: PolicyChange, how: 'quickly' | 'exactly'): Promise<Reach> {
    const changed = targetsChanged(change)
    const isOnePass = isForEverybody(changed) || !isForEverybody(targetsNamed(change))
    const scope = await this.#sum(change, targetsNamed(change), how)
    const altered = isOnePass ? scope : await this.#sum(change, changed, how)
    const effects = Object.fromEntries(policyEffects.map((effect) => [effect, altered.of(effect)])) as Record<PolicyEffect, number>
    return {
      ...{ inScope: scope.of('in_scope'), licensed: scope.of('licensed'), isScopeExact: scope.isExact },
      ...{ added: altered.of('added'), removed: altered.of('removed'), effects, isExact: altered.isExact },
    }
  }

  /** Many are counted portion by portion, and others have their turn in between. */
  async #sum(change: PolicyChange, targets: readonly MethodTarget[], how: 'quickly' | 'exactly') {
    const sums = new Map<keyof Counts, number>()
    let portions = 0
    let isExact = true
    for await (const portion of this.#portions(targets)) {
      isExact = how === 'exactly' || portions < quicklyMax / portionMax
      if (!isExact) break
      portions++
      const { rows } = await sql<Counts>`
        ${this.#judged(change, portion)}
        select ${sql.join(counted.map((name) => sql`coalesce(sum(${sql.ref(name)}), 0) as ${sql.ref(name)}`))} from judged
      `.execute(this.#connection.kysely)
      for (const name of counted) sums.set(name, (sums.get(name) ?? 0) + (rows[0]?.[name] ?? 0))
    }
    return { of: (name: keyof Counts) => sums.get(name) ?? 0, isExact }
  }

  /** By name, unless so many stand below what changed that only their ids keep an order at no cost. */
  async people(
    change: PolicyChange,
    effect: PolicyEffect,
    page: { top: number; after: PageEnd | undefined },
  ): Promise<Page<AffectedPerson>> {
    const rows: PersonRow[] = []
    const { after, top } = page
    let isByName = false
    for await (const portion of this.#portions(targetsChanged(change), after?.sort === null ? after.id : undefined)) {
      isByName = portion.isAll && after?.sort !== null
      const behind = isByName && after ? sql`and (users.display_name_lowered, users.id) > (${after.sort}, ${after.id})` : sql``
      const { rows: found } = await sql<PersonRow>`
        ${this.#judged(change, portion)}
        select users.id, users.display_name, users.display_name_lowered, users.user_principal_name, users.department, users.user_type,
          users.account_enabled
        from judged cross join users
        where ${sql.ref(`judged.${effect}`)} = 1 and users.tenant_id = ${this.#tenantId} and users.id = judged.id ${behind}
        order by ${isByName ? sql`users.display_name_lowered, users.id` : sql`users.id`} limit ${top + 1 - rows.length}
      `.execute(this.#connection.kysely)
      rows.push(...found)
      if (rows.length > top) break
    }
    const items = rows.slice(0, top)
    const last = items.at(-1)
    const end = rows.length > top && last ? { sort: isByName ? last.display_name_lowered : null, id: last.id } : undefined
    return { items: items.map(toPerson), count: undefined, end }
  }

  /** Everybody who may be meant, few enough at a time. A list that went by ids before goes on by ids. */
  async *#portions(targets: readonly MethodTarget[], idsAfter?: string): AsyncGenerator<Portion> {
    if (targets.length === 0) return
    const below = isForEverybody(targets) ? undefined : await this.#idsBelow(targets)
    if (below) {
      const left = below.filter((id) => id > (idsAfter ?? ''))
      for (let from = 0; from < left.length; from += idsMax) {
        if (from > 0) await turnOfOthers()
        yield { ids: left.slice(from, from + idsMax), isAll: below.length <= idsMax }
      }
      return
    }
    for (let after: string | undefined = idsAfter ?? ''; after !== undefined; ) {
      const row: { id: string } | undefined = await endOfPortion.first(this.#connection, this.#tenantId, after, portionMax - 1)
      yield { after, upTo: row?.id, isAll: after === '' && row === undefined }
      await turnOfOthers()
      after = row?.id
    }
  }

  /** Who stands below the targets, in the order of ids; undefined when they are too many to be named. */
  async #idsBelow(targets: readonly MethodTarget[]): Promise<string[] | undefined> {
    const { rows } = await sql<{ id: string }>`
      with recursive groups_below(id) as (
        ${valuesOf(targets.map(({ id }) => [id]))}
        union
        select members.member_id from groups_below cross join group_members as members
        where members.tenant_id = ${this.#tenantId} and members.group_id = groups_below.id and members.member_kind = 'group'
      )
      select id from groups_below
      union all
      select members.member_id from groups_below cross join group_members as members
      where members.tenant_id = ${this.#tenantId} and members.group_id = groups_below.id and members.member_kind = 'user'
      limit ${belowMax + 1}
    `.execute(this.#connection.kysely)
    return rows.length > belowMax ? undefined : [...new Set(rows.map(({ id }) => id))].sort()
  }

  /**
   * Down from the targets through groups in groups, once for each way a target can count; then everything that is known of each person of the
   * portion is laid together. Cross joins, because SQLite keeps their order. No join with people: PostgreSQL guesses how many there are below a
   * group, and where it guesses few it would look through all of them for each.
   */
  #judged(change: PolicyChange, portion: Portion): RawBuilder<unknown> {
    const marked = marksOf(change)
    const named = marked.filter(({ id }) => id !== everybody)
    const tenantId = this.#tenantId
    const within = (column: string) => ('ids' in portion ? sql`${sql.ref(column)} in (select id from chosen)` : between(column, portion))
    const noMarks = eachMark(() => sql`0`)
    return sql`
      with recursive ${'ids' in portion ? sql`chosen(id) as (${valuesOf(portion.ids.map((id) => [id]))}),` : sql``}
      targets(id, mark) as (${valuesOf(named.map(({ id, mark }) => [id, mark]))}),
      reached(id, mark) as (
        select id, mark from targets
        union
        select members.member_id, reached.mark from reached cross join group_members as members
        where members.tenant_id = ${tenantId} and members.group_id = reached.id and members.member_kind = 'group'
      ),
      groups_marked as (select id, ${eachMark((column, mark) => sql`max(case when mark = ${mark} then 1 else 0 end) as ${column}`)} from reached group by id),
      facts(id, is_person, is_guest, has_password, is_licensed, is_user_name, is_held, ${eachMark((column) => column)}) as (
        select users.id, 1, case when users.user_type = 'Guest' then 1 else 0 end, case when users.password_hash is null then 0 else 1 end, 0, 0, 0, ${noMarks}
        from users where users.tenant_id = ${tenantId} and users.deleted_at is null and ${within('users.id')}
        union all
        select user_id, 0, 0, 0, 1, 0, 0, ${noMarks} from user_licences
        where tenant_id = ${tenantId} and sku_id in (${sql.join(skusForSmsSignIn)}) and ${within('user_id')}
        union all
        select user_id, 0, 0, 0, 0, is_sign_in_name, ${isHeldBy(change.method)}, ${noMarks} from phones
        where tenant_id = ${tenantId} and ${within('user_id')}
        union all
        select user_id, 0, 0, 0, 0, 0, ${sql.lit(change.method === 'email' ? 1 : 0)}, ${noMarks} from email_methods
        where tenant_id = ${tenantId} and ${within('user_id')}
        union all
        select id, 0, 0, 0, 0, 0, 0, ${eachMark((column) => column)} from groups_marked
        union all
        select members.member_id, 0, 0, 0, 0, 0, 0, ${eachMark((column) => column)} from groups_marked cross join group_members as members
        where members.tenant_id = ${tenantId} and members.group_id = groups_marked.id and members.member_kind = 'user' and ${within('members.member_id')}
      ),
      people as (
        select id, max(is_guest) as is_guest, max(has_password) as has_password, max(is_licensed) as is_licensed, max(is_user_name) as is_user_name,
          max(is_held) as is_held, ${eachMark((column) => sql`max(${column}) as ${column}`)}
        from facts group by id having max(is_person) = 1
      ),
      judged as (select id, ${this.#judgements(change)} from people)
    `
  }

  #judgements(change: PolicyChange): RawBuilder<unknown> {
    const marked = marksOf(change)
    const was = sideOf(marked, 'was', change.before)
    const is = sideOf(marked, 'is', change.after)
    const losesSignIn = sql<SqlBool>`${was.signsIn} and not ${is.signsIn}`
    const judgements: Record<keyof Counts, RawBuilder<SqlBool>> = {
      in_scope: is.needsLicence,
      licensed: sql`${is.needsLicence} and is_licensed = 1`,
      added: sql`${is.needsLicence} and not ${was.needsLicence}`,
      removed: sql`${was.needsLicence} and not ${is.needsLicence}`,
      gainsMethod: sql`${is.isIn} and not ${was.isIn}`,
      losesMethod: sql`${was.isIn} and not ${is.isIn}`,
      gainsSmsSignIn: sql`${is.signsIn} and not ${was.signsIn}`,
      losesSmsSignIn: losesSignIn,
      losesUserName: sql`${losesSignIn} and is_user_name = 1`,
      losesOnlyWayIn: sql`${losesSignIn} and is_user_name = 1 and has_password = 0`,
      becomesAsked: sql`${is.isAsked} and not ${was.isAsked} and is_held = 0`,
    }
    return sql.join(
      Object.entries(judgements).map(([name, judgement]) => sql`case when ${judgement} then 1 else 0 end as ${sql.ref(name)}`),
    )
  }
}

function isForEverybody(targets: readonly MethodTarget[]): boolean {
  return targets.some(({ id }) => id === everybody)
}

function between(column: string, { after, upTo }: { after: string; upTo: string | undefined }): RawBuilder<SqlBool> {
  const ref = sql.ref(column)
  return upTo === undefined ? sql<SqlBool>`${ref} > ${after}` : sql<SqlBool>`${ref} > ${after} and ${ref} <= ${upTo}`
}

function valuesOf(rows: readonly (readonly string[])[]): RawBuilder<unknown> {
  if (rows.length === 0) return sql`select cast('' as text), cast('' as text) where 1 = 0`
  return sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row.map((value) => sql`cast(${value} as text)`))})`))}`
}

/** Whether a number is this method to its person already. */
function isHeldBy(method: PolicyChange['method']): RawBuilder<number> {
  if (method === 'sms') return sql<number>`case when phone_type = 'mobile' and is_voice_only = 0 then 1 else 0 end`
  return method === 'voice' ? sql<number>`1` : sql<number>`0`
}

function toPerson(row: PersonRow): AffectedPerson {
  return {
    id: row.id,
    displayName: row.display_name,
    userPrincipalName: row.user_principal_name,
    department: row.department ?? undefined,
    // The table has no other.
    userType: row.user_type as UserType,
    accountEnabled: row.account_enabled === 1,
  }
}
