import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { skusForSmsSignIn } from '#contract/graph/skus.ts'
import { everybody, type MethodPolicy } from '#server/domain/method-policy.ts'
import { privilegedAdministrators, type ReportPolicies } from '#server/domain/method-registration.ts'
import { roleIdOf } from '#server/domain/roles.ts'

type Condition = RawBuilder<SqlBool>

/**
 * `people`: everybody who can sign in, with what they have registered beside them. For a page the numbers are asked person by person along the
 * index the page follows; to count everybody, all are read once.
 */
export function peopleWith(tenantId: string, policies: ReportPolicies, reading: 'a page' | 'everybody'): RawBuilder<unknown> {
  const has = (type: string | undefined) =>
    reading === 'a page' ? hasNumber(type) : sql<SqlBool>`coalesce(${sql.ref(`numbers.${type ?? 'any_phone'}`)}, 0) = 1`
  // A mobile that only calls have proven is not texted.
  const isVoiceOnly = reading === 'a page' ? hasVoiceOnly : sql<SqlBool>`coalesce(numbers.voice_only, 0) = 1`
  const mayBeTexted = sql<SqlBool>`(${allowed('sms', policies.sms, policies.enforcesLicences)} and not ${isVoiceOnly})`
  const mayBeCalled = allowed('voice', policies.voice, false)
  const hasAny = has(undefined)
  const hasPass = hasLivingPass(policies.at, reading)
  const hasEmail = reading === 'a page' ? hasAddress : sql<SqlBool>`addresses.user_id is not null`
  return sql`(
    select users.id, users.user_principal_name, users.user_principal_name_lowered, users.display_name, users.display_name_lowered,
      users.user_type, users.department, users.department_lowered, users.preferred_language,
      ${flag(sql<SqlBool>`users.id in (select id from holders)`)} as is_admin,
      ${flag(sql<SqlBool>`users.password_hash is not null`)} as has_password,
      ${flag(has('mobile'))} as has_mobile,
      ${flag(has('alternateMobile'))} as has_alternate,
      ${flag(has('office'))} as has_office,
      ${flag(hasAny)} as has_phone,
      ${flag(hasEmail)} as has_email,
      ${flag(hasPass)} as has_pass,
      ${flag(sql<SqlBool>`${hasAny} or ${hasEmail}`)} as is_sspr_registered,
      ${flag(mayBeTexted)} as may_be_texted,
      ${flag(mayBeCalled)} as may_be_called,
      ${flag(sql<SqlBool>`(${mayBeTexted} and ${has('mobile')}) or (${mayBeCalled} and ${hasAny})`)} as is_mfa_capable,
      ${flag(sql<SqlBool>`users.password_hash is null and ${signsIn}`)} as is_only_way_in,
      ${flag(sql<SqlBool>`users.password_hash is not null and ${hasAny}`)} as is_only_second_factor,
      0 as never
    from users ${reading === 'everybody' ? joinedNumbers(tenantId, policies.at) : sql``}
    where users.tenant_id = ${tenantId} and users.deleted_at is null and users.account_enabled = 1
  ) as people`
}

/** Whom a target reaches through however many groups, and who has a role, in whichever way. Cross joins, because SQLite keeps their order. */
export function reaching(tenantId: string): RawBuilder<unknown> {
  const privileged = sql.join(privilegedAdministrators.map((name) => roleIdOf(name)))
  return sql`with recursive reached(method, id, is_excluded) as (
      select method, target_id, is_excluded from method_targets where tenant_id = ${tenantId} and method in ('sms', 'voice')
      union
      select reached.method, members.member_id, reached.is_excluded from reached cross join group_members as members
      where members.tenant_id = ${tenantId} and members.group_id = reached.id
    ),
    holders(id, is_privileged) as (
      select principal_id, case when role_id in (${privileged}) then 1 else 0 end from role_assignments where tenant_id = ${tenantId}
      union
      select members.member_id, holders.is_privileged from holders cross join group_members as members
      where members.tenant_id = ${tenantId} and members.group_id = holders.id
    )`
}

export const isPrivileged: Condition = sql<SqlBool>`people.id in (select id from holders where is_privileged = 1)`

function flag(condition: Condition): RawBuilder<number> {
  return sql<number>`case when ${condition} then 1 else 0 end`
}

// The offset that skips nothing keeps PostgreSQL from reading everybody's numbers beforehand, for a page of people that needs a few.
const signsIn = sql<SqlBool>`exists (select 1 from phones where phones.tenant_id = users.tenant_id and phones.user_id = users.id and phones.is_sign_in_name = 1 limit 1 offset 0)`

function hasNumber(type: string | undefined): Condition {
  const ofType = type === undefined ? sql`` : sql` and phones.phone_type = ${type}`
  return sql<SqlBool>`exists (select 1 from phones where phones.tenant_id = users.tenant_id and phones.user_id = users.id${ofType} limit 1 offset 0)`
}

const hasVoiceOnly: Condition = sql<SqlBool>`exists (select 1 from phones where phones.tenant_id = users.tenant_id and phones.user_id = users.id and phones.is_voice_only = 1 limit 1 offset 0)`
const hasAddress = sql<SqlBool>`exists (select 1 from email_methods where email_methods.tenant_id = users.tenant_id and email_methods.user_id = users.id limit 1 offset 0)`

function hasLivingPass(at: Date, reading: 'a page' | 'everybody'): Condition {
  if (reading === 'everybody') return sql<SqlBool>`living_passes.user_id is not null`
  return sql<SqlBool>`exists (select 1 from passes where passes.tenant_id = users.tenant_id and passes.user_id = users.id and passes.expires_at > ${at.getTime()} limit 1 offset 0)`
}

function joinedNumbers(tenantId: string, at: Date): RawBuilder<unknown> {
  const has = (type: string) => sql`max(case when phone_type = ${type} then 1 else 0 end) as ${sql.ref(type)}`
  return sql`left join (
    select user_id, 1 as any_phone, max(is_voice_only) as voice_only, ${has('mobile')}, ${has('alternateMobile')}, ${has('office')} from phones where tenant_id = ${tenantId} group by user_id
  ) as numbers on numbers.user_id = users.id
  left join (select user_id from email_methods where tenant_id = ${tenantId}) as addresses on addresses.user_id = users.id
  left join (select user_id from passes where tenant_id = ${tenantId} and expires_at > ${at.getTime()}) as living_passes on living_passes.user_id = users.id`
}

/** What methodStanding decides of one person, for all of them. */
function allowed(method: 'sms' | 'voice', { isEnabled, targets }: MethodPolicy, enforcesLicences: boolean): Condition {
  const forEverybody = (isExcluded: boolean) => targets.some((target) => target.id === everybody && target.isExcluded === isExcluded)
  if (!isEnabled || forEverybody(true)) return sql<SqlBool>`1 = 0`
  const isIn = forEverybody(false) ? sql<SqlBool>`1 = 1` : isReached(method, 0)
  const isOut = targets.some((target) => target.isExcluded) ? sql<SqlBool>`not ${isReached(method, 1)}` : sql<SqlBool>`1 = 1`
  return sql<SqlBool>`(${isIn} and ${isOut}${enforcesLicences ? sql` and ${isLicensed}` : sql``})`
}

function isReached(method: string, isExcluded: number): Condition {
  return sql<SqlBool>`users.id in (select id from reached where method = ${method} and is_excluded = ${isExcluded})`
}

const isLicensed = sql<SqlBool>`exists (
  select 1 from user_licences
  where user_licences.tenant_id = users.tenant_id and user_licences.user_id = users.id and user_licences.sku_id in (${sql.join(skusForSmsSignIn)})
)`
