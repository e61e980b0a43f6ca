import { type RawBuilder, sql } from 'kysely'
import { signInMethods } from '#contract/sign-in-log.ts'
import { interruptedCodes } from '#server/domain/sign-in-results.ts'
import type { TallySubject } from '#server/domain/tally.ts'
import { registrationStarts, registrationsIn } from './audit-tallies.ts'
import { hourOf, type Span, type TallyRow, type TallyStart } from './tally-span.ts'

/** What an hour is counted from. Each follows the index by time, so a span reads the rows that lie in it and no others. */
export const tallySources: Readonly<Record<TallySubject, (span: Span) => RawBuilder<TallyRow>>> = {
  signIns: ({ tenantId, from, until }) => sql`
    select ${hourOf('started_at')} as hour, ${firstMethod} as name, ${outcome} as outcome, count(*) as count
    from sign_ins
    where tenant_id = ${tenantId} and started_at >= ${from} and started_at < ${until} and is_interactive = 1
    group by 1, 2, 3`,
  registrations: registrationsIn,
  texts: (span) => sql`
    ${messages(span, 'sent')} union all ${messages(span, 'failed')} union all ${codes(span, 'asked')} union all ${codes(span, 'answered')}`,
}

/** Where the first row of a subject lies, from an instant on. */
export const tallyStarts: Readonly<Record<TallySubject, TallyStart>> = {
  signIns: { table: 'sign_ins', at: 'started_at', only: sql`is_interactive = 1` },
  registrations: registrationStarts,
  texts: { table: 'challenges', at: 'started_at', only: sql`method = 'sms'` },
}

/** What was asked first. The steps are text, each written as `store/sign-ins.ts` writes it: `{"at":1795…,"method":"…`. */
const firstMethod = sql`case ${sql.join(
  signInMethods.map((method) => sql`when steps like ${sql.lit(`{"at":_____________,"method":"${method}"%`)} then ${sql.lit(method)}`),
  sql` `,
)} else 'none' end`

const outcome = sql`case when error_code = 0 then 'success'
  when error_code in (${sql.join(interruptedCodes.map((code) => sql.lit(code)))}) then 'interrupted' else 'failure' end`

/** A message without a person behind it is a decoy: it never left. */
function messages({ tenantId, from, until }: Span, state: 'sent' | 'failed') {
  return sql`select ${hourOf('challenges.started_at')} as hour, coalesce(challenges.country, '') as name, ${sql.lit(state)} as outcome, count(*) as count
    from challenges join outbox on outbox.tenant_id = challenges.tenant_id and outbox.challenge_id = challenges.id
    where challenges.tenant_id = ${tenantId} and challenges.started_at >= ${from} and challenges.started_at < ${until}
      and challenges.method = 'sms' and challenges.user_id is not null and outbox.kind = 'code' and outbox.state = ${sql.lit(state)}
    group by 1, 2`
}

/** One code may take several messages, so what was answered is held against the codes and not against the messages. */
function codes({ tenantId, from, until }: Span, which: 'asked' | 'answered') {
  const only = which === 'answered' ? sql`and passed_at is not null` : sql``
  return sql`select ${hourOf('started_at')} as hour, coalesce(country, '') as name, ${sql.lit(which)} as outcome, count(*) as count
    from challenges
    where tenant_id = ${tenantId} and started_at >= ${from} and started_at < ${until} and method = 'sms' and user_id is not null ${only}
    group by 1, 2`
}
